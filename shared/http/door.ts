import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { VisibleError } from '../domain/errors.ts';
import type { Settings } from '../settings.ts';
import { problemPage } from '../views/problem-page.ts';
import { showSignal } from './gpc.ts';
import { sharedHeaders } from './headers.ts';
import { pageFrame, requestLocale } from './page-frame.ts';
import { toProblem } from './problem.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply, readRequest } from './request.ts';

/** What differs between doors. */
interface DoorOptions {
  settings: Settings;
  /** Writes a failure down. A port, so that tests see what is logged. */
  report: (error: unknown, route: string) => void;
  /** Members that this door's problem documents carry besides RFC 9457's. */
  problemFacts?: Record<string, unknown>;
}

type Result = APIGatewayProxyStructuredResultV2;
type Answer = (request: HttpRequest) => Promise<HttpReply> | HttpReply;

/** The one stack around everything that answers HTTP: decode, answer, map errors, shared headers. */
export function httpDoor(answer: Answer, options: DoorOptions) {
  const headers = sharedHeaders(options.settings);
  return middy<APIGatewayProxyEventV2, Result>()
    .use(problems(options, headers))
    .handler(async (event) => {
      const request = readRequest(event);
      return toResult(request, await answer(request), headers);
    });
}

function problems(
  options: DoorOptions,
  headers: Record<string, string>,
): middy.MiddlewareObj<APIGatewayProxyEventV2, Result> {
  return {
    onError: (invocation) => {
      const request = readRequest(invocation.event);
      const { error } = invocation;
      // What the caller did wrong is the caller's to know; our own trouble is ours.
      if (!(error instanceof VisibleError) || error.kind === 'unavailable') options.report(error, request.route);
      invocation.response = toResult(request, problemReply(request, error, options), headers);
    },
  };
}

function problemReply(request: HttpRequest, error: unknown, { settings, problemFacts }: DoorOptions): HttpReply {
  const problem = toProblem(error);
  const retry = problem.status === 503 ? { 'retry-after': '30' } : {};
  if (isForMachines(request)) {
    return {
      ...jsonReply(problem.status, { ...problem, ...problemFacts }),
      contentType: 'application/problem+json',
      headers: retry,
    };
  }
  const frame = pageFrame(requestLocale(request, settings), settings);
  const kind = problem.status === 503 ? 'unavailable' : 'invalid';
  const words = { title: frame.strings(`problem.${kind}.title`), detail: frame.strings(`problem.${kind}.detail`) };
  const reply = htmlReply(problem.status, problemPage({ ...frame, ...words }));
  return { ...reply, headers: { ...reply.headers, ...retry } };
}

function isForMachines({ route }: HttpRequest): boolean {
  return / \/(v1\/|health|openapi|ropa|\.well-known\/)/.test(route);
}

function toResult(request: HttpRequest, reply: HttpReply, headers: Record<string, string>): Result {
  const { status, body, contentType, headers: own } = showSignal(request, reply);
  return {
    statusCode: status,
    headers: { ...headers, ...own, 'content-type': contentType },
    body: request.method === 'HEAD' ? '' : body,
  };
}
