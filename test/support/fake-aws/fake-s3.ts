import type { IncomingMessage } from 'node:http';
import type { WireAnswer } from './fake-dynamo.ts';

/** One bucket's objects by key. */
export type Objects = Map<string, Buffer>;

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** S3 as the ledger uses it: nothing is overwritten, and keys are listed in the order of their bytes. Throws on anything else. */
export function answerAsS3(objects: Objects, { headers, method, url = '' }: IncomingMessage, body: Buffer): WireAnswer {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const key = decodeURIComponent(pathname).split('/').slice(2).join('/');
  if (method === 'PUT') return putObject(objects, { key, body, condition: headers['if-none-match'] });
  if (method !== 'GET') throw new Error(`The fake bucket does not know ${method}`);
  return key === '' ? listObjects(objects, searchParams) : getObject(objects, key);
}

/** Whether a request is one to S3: it alone has no target and no version in its path. */
export function isForS3({ headers, method, url = '' }: IncomingMessage): boolean {
  return headers['x-amz-target'] === undefined && (method !== 'POST' || !url.startsWith('/v2/'));
}

/** An error as S3 tells it. */
export function s3Error(status: number, code: string, message = code): WireAnswer {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return { status, body: Buffer.from(`<Error><Code>${code}</Code><Message>${text}</Message></Error>`) };
}

function putObject(objects: Objects, put: { key: string; body: Buffer; condition: string | undefined }): WireAnswer {
  const { key, body, condition } = put;
  if (condition !== '*') throw new Error('An object of the ledger is put without If-None-Match');
  if (objects.has(key)) return s3Error(412, 'PreconditionFailed');
  objects.set(key, body);
  return { status: 200, body: Buffer.alloc(0) };
}

function getObject(objects: Objects, key: string): WireAnswer {
  const body = objects.get(key);
  return body === undefined ? s3Error(404, 'NoSuchKey') : { status: 200, body };
}

function listObjects(objects: Objects, asked: URLSearchParams): WireAnswer {
  if (asked.get('list-type') !== '2') throw new Error('The fake bucket lists by ListObjectsV2 only');
  const [prefix, after] = [asked.get('prefix') ?? '', asked.get('start-after') ?? ''];
  const found = keysUnder(objects, prefix).filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = found.slice(0, Number(asked.get('max-keys') ?? 1000));
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const isTruncated = `<IsTruncated>${page.length < found.length}</IsTruncated>`;
  return {
    status: 200,
    body: Buffer.from(`<ListBucketResult xmlns="${NAMESPACE}">${isTruncated}${contents}</ListBucketResult>`),
  };
}

/** Keys below a prefix, in the order in which S3 lists them. */
export function keysUnder(objects: ReadonlyMap<string, Uint8Array>, prefix: string): string[] {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
  return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
