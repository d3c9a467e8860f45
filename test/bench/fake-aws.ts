import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { marshall } from '@aws-sdk/util-dynamodb';
import { fakeKms } from '../support/fake-aws/fake-kms.ts';
import { answerAsS3, isForS3, type Objects } from '../support/fake-aws/fake-s3.ts';

interface Answer {
  status?: number;
  type: string;
  body: string | Buffer;
}

/** What the fake holds: the key ring's secret, items by their sort key or its part before `#`, and the audit bucket's objects. */
export interface FakeContents {
  secret: string;
  items: Readonly<Record<string, object>>;
  objects: Objects;
}

const kms = fakeKms();

/** AWS on loopback, as far as the functions need it: every write succeeds, every read finds what `contents` names. */
export async function startFakeAws(contents: FakeContents): Promise<{ url: string; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const { status = 200, type, body } = answer(request, await buffer(request), contents);
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'fake' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() };
}

function answer(request: IncomingMessage, body: Buffer, contents: FakeContents): Answer {
  if (isForS3(request)) return answerAsBucket(request, body, contents);
  const target = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  // SES v2 is JSON over POST without a target.
  if (target === '') return json({ MessageId: 'fake' });
  const asked = JSON.parse(body.toString()) as Asked;
  return json(targets[target]?.(asked, contents) ?? {});
}

// S3 speaks XML, but says nothing after a PUT. What is written is forgotten, so that each request meets the same ledger.
function answerAsBucket(request: IncomingMessage, body: Buffer, { objects }: FakeContents): Answer {
  if (request.method === 'PUT') return { type: 'application/xml', body: '' };
  const found = answerAsS3(objects, request, body);
  return { status: found.status, type: 'application/xml', body: found.body as Buffer };
}

function json(body: object): Answer {
  return { type: 'application/x-amz-json-1.0', body: JSON.stringify(body) };
}

interface Asked {
  Key: { sk: { S: string } };
  RequestItems: Record<string, unknown>;
  MessageBody: string;
  Message: string;
  MessageType: string;
  SigningAlgorithm: string;
}

const targets: Readonly<Record<string, (asked: Asked, contents: FakeContents) => object>> = {
  GetSecretValue: (_, { secret }) => ({ SecretString: secret }),
  GetItem: ({ Key }, { items }) => {
    const item = items[Key.sk.S.split('#')[0] ?? ''];
    return item === undefined ? {} : { Item: marshall(item) };
  },
  BatchGetItem: ({ RequestItems }) => ({ Responses: mapValues(RequestItems, () => []), UnprocessedKeys: {} }),
  Scan: () => ({ Items: [], Count: 0, ScannedCount: 0 }),
  // The SDK compares this with its own sum.
  SendMessage: ({ MessageBody }) => ({ MessageId: 'fake', MD5OfMessageBody: md5(MessageBody) }),
  PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'fake' }] }),
  Query: () => ({ Items: [], Count: 0, ScannedCount: 0 }),
  GetPublicKey: () => kms.answer('GetPublicKey', {}) ?? {},
  Sign: (asked) => kms.answer('Sign', asked) ?? {},
};

function mapValues<T>(record: Record<string, unknown>, value: () => T): Record<string, T> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, value()]));
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
