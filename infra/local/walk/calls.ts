import type * as z from 'zod/mini';
import { type CheckResult, checkAnswerSchema } from '../../../shared/http/schemas/checks.ts';
import { type LinkAnswer, linkAnswerSchema } from '../../../shared/http/schemas/links.ts';
import { expect, type Walk } from './walk.ts';

/** What came back over HTTP, read to its end. Redirects are not followed: they are an answer, too. */
export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** Any request. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Opens a page as a browser does: it answers 200 with HTML. */
export async function openPage(url: string): Promise<string> {
  const { status, body } = await call(url, { headers: { accept: 'text/html', 'accept-language': 'en' } });
  expect(status === 200 && body.includes('<html'), `a page at ${url}`, `status ${status}: ${start(body)}`);
  return body;
}

/** Posts a form as a browser does. */
export async function postForm(url: string, fields: Record<string, string> = {}): Promise<Answer> {
  return await call(url, {
    method: 'POST',
    headers: { accept: 'text/html', 'accept-language': 'en' },
    body: new URLSearchParams(fields),
  });
}

/** What a sender asks before it writes. */
export async function check(walk: Walk, address: string): Promise<CheckResult> {
  const asked = { scope: 'email:marketing', addresses: [address] };
  const { results } = await callApi(walk, '/v1/checks', asked, checkAnswerSchema);
  const [result] = results;
  expect(result?.address === address, 'one result, about the address that was asked', results);
  return result;
}

/** The link and the headers that a sender puts into one mail. */
export async function mintLink(walk: Walk, email: string): Promise<LinkAnswer> {
  return await callApi(walk, '/v1/links', { email, campaign: 'walk-through' }, linkAnswerSchema);
}

async function callApi<S extends z.ZodMiniType>(
  { stack, token }: Walk,
  path: string,
  question: unknown,
  schema: S,
): Promise<z.infer<S>> {
  const { status, headers, body } = await call(stack.publicUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  const isJson = status === 200 && headers.get('content-type')?.includes('json') === true;
  expect(isJson, `status 200 and JSON from ${path}`, `status ${status}: ${start(body)}`);
  const answer = schema.safeParse(JSON.parse(body));
  expect(answer.success, `the answer of ${path} as /openapi.json describes it`, body);
  return answer.data;
}

/** The beginning of a body, for an error message. */
export function start(body: string): string {
  return visibleText(body).slice(0, 300);
}

/** The words of a page's main part, without its markup; of anything else all of it. */
export function visibleText(page: string): string {
  const main = /<main>(.*)<\/main>/s.exec(page)?.[1] ?? page;
  return main
    .replace(/<(style|script|title)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
