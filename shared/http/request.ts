import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What a door sees of a request; API Gateway's encodings are undone. */
export interface HttpRequest {
  method: string;
  /** As in `infra/routes.ts`: method and path with placeholders. */
  route: string;
  token: string;
  /** Values of the path's placeholders by name. */
  params: Readonly<Record<string, string | undefined>>;
  /** Whom the access token names: a person's or a machine's id. Absent on public routes. */
  actor?: string;
  /** IP address of the client, for `sources` only: it is written nowhere. */
  clientAddress?: string;
  /** Groups and OAuth scopes that the access token claims; empty on public routes. */
  groups: readonly string[];
  scopes: readonly string[];
  query: Readonly<Record<string, string | undefined>>;
  /** Lower-case names, repeated values comma-joined (RF-03). */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** An answer; the headers that all answers share are added by the door. */
export interface HttpReply {
  status: number;
  body: string;
  contentType: string;
  headers?: Record<string, string>;
}

/** Reads an HTTP API event, payload version 2. Forms arrive Base64-encoded, JSON plain (RF-03, AG-03). */
export function readRequest(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    method: event.requestContext.http.method,
    route: event.routeKey,
    token: event.pathParameters?.token ?? '',
    params: event.pathParameters ?? {},
    clientAddress: event.requestContext.http.sourceIp,
    ...claimsOf(event),
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

// The authorizer has checked the token before the function is called.
function claimsOf(event: APIGatewayProxyEventV2): Pick<HttpRequest, 'actor' | 'groups' | 'scopes'> {
  const { authorizer } = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  const claims = authorizer?.jwt?.claims ?? {};
  const actor = claims.sub ?? claims.client_id;
  return {
    ...(typeof actor === 'string' ? { actor } : {}),
    groups: wordsOf(claims['cognito:groups']),
    scopes: wordsOf(claims.scope),
  };
}

// The gateway writes a claim that is a list as `[staff auditors]`.
function wordsOf(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(/[[\]\s,]+/).filter((word) => word !== '') : [];
}

/** A page, with the language that it names itself. */
export function htmlReply(status: number, body: string): HttpReply {
  const language = /<html lang="([\w-]+)"/.exec(body)?.[1];
  return {
    status,
    body,
    contentType: 'text/html; charset=utf-8',
    ...(language !== undefined && { headers: { 'content-language': language } }),
  };
}

export function jsonReply(status: number, body: unknown): HttpReply {
  return { status, body: JSON.stringify(body), contentType: 'application/json' };
}
