import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { MARKER } from './addresses.ts';

/** What came back. Header names are lower-case. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Call {
  method?: string;
  /** These and `host` are all that is sent: fetch would add some of its own. */
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One request as written here. Redirects are not followed: they are an answer, too. */
export async function http(url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Reply> {
  // EM-06: each address that the tests use stands in no URL that Heed hands out or that a client of it needs.
  if (url.includes(MARKER)) throw new Error(`A readable address in a URL: ${url}`);
  const { hostname, port, pathname, search } = new URL(url);
  const sent = body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  return await new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path: pathname + search, method, headers: sent, agent: false })
      .on('error', reject)
      .on('response', (answer) => {
        text(answer).then((read) => {
          const named = Object.entries(answer.headersDistinct).map(([name, values]) => [
            name,
            values?.join(', ') ?? '',
          ]);
          resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(named), body: read });
        }, reject);
      })
      .end(body);
  });
}

/** A form as browsers send it by default. */
export function urlencoded(fields: Record<string, string>): Required<Omit<Call, 'method'>> {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}

/** A form with `enctype="multipart/form-data"`, or RFC 8058's preferred body (§3.2). `files` by the names of their fields. */
export function multipart(
  fields: Record<string, string>,
  files: Record<string, string> = {},
): Required<Omit<Call, 'method'>> {
  const boundary = '---FormBoundaryjWmhtjORrn';
  const part = (disposition: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    ...Object.entries(files).map(([name, value]) => part(`name="${name}"; filename="${name}"`, value)),
  ];
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

export function json(value: unknown, headers: Record<string, string> = {}): Required<Omit<Call, 'method'>> {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
