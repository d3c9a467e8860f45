import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeDynamo, fakeDynamo, type WireAnswer } from './fake-dynamo.ts';
import { type FakeKms, fakeKms } from './fake-kms.ts';
import { answerAsS3, isForS3, type Objects, s3Error } from './fake-s3.ts';
import { tableOf } from './query.ts';

/** How a call goes wrong, on every attempt that the SDK makes of it unless it says otherwise. */
export type FaultKind =
  /** The service says no and does nothing. */
  | 'refused'
  /** The connection breaks before the service does anything. */
  | 'lost-before'
  /** The service does it, and the connection breaks before it can say so. */
  | 'lost-after'
  /** As `lost-after`, on the SDK's first attempt only. */
  | 'once-lost-after';

/** One call of the SDK, all of its attempts together. */
interface Call {
  name: string;
  invocation: string;
  attempts: number;
}

/** A mail as it was handed to SES. */
interface SentMail {
  Destination: { ToAddresses: string[] };
  Content: { Simple: { Subject: { Data: string }; Body: { Text: { Data: string }; Html: { Data: string } } } };
}

/** The AWS services that Heed uses, behind a real HTTP endpoint on loopback: the SDK's serialisers and retries stay in play. */
export interface FakeAws {
  endpoint: string;
  /** The Registry. */
  dynamo: FakeDynamo;
  /** Customers' data under their clocks. */
  contacts: FakeDynamo;
  /** The ledger's own table. */
  ledgerTable: FakeDynamo;
  /** The audit bucket. */
  objects: Objects;
  kms: FakeKms;
  messages: { id: string; body: string; receives: number; isDone: boolean }[];
  events: { DetailType: string; Detail: string; Source: string }[];
  mails: SentMail[];
  calls: Call[];
  /** Faults by the place of the call since the last `reset` or `arm`. */
  arm(faults: ReadonlyMap<number, FaultKind>): void;
  reset(): void;
  close(): Promise<void>;
}

type Services = Omit<FakeAws, 'endpoint' | 'calls' | 'arm' | 'reset' | 'close'> & { secret: string };

export async function startFakeAws(secret: string): Promise<FakeAws> {
  const services: Services = {
    ...{ dynamo: fakeDynamo(), contacts: fakeDynamo(), ledgerTable: fakeDynamo(), objects: new Map(), kms: fakeKms() },
    ...{ messages: [], events: [], mails: [], secret },
  };
  const calls: Call[] = [];
  let faults: ReadonlyMap<number, FaultKind> = new Map();
  const arm = (next: ReadonlyMap<number, FaultKind>) => {
    faults = next;
    calls.length = 0;
  };
  const server = createServer(async (request, response) => {
    const call = noteCall(calls, request);
    const body = Buffer.concat(await request.toArray());
    answer(services, { request, body, response, call, fault: faults.get(calls.indexOf(call)) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...services,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    arm,
    reset: () => {
      arm(new Map());
      services.dynamo.clear();
      services.contacts.clear();
      services.ledgerTable.clear();
      services.objects.clear();
      for (const list of [services.messages, services.events, services.mails]) list.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function noteCall(calls: Call[], { headers, method, url = '' }: IncomingMessage): Call {
  const invocation = String(headers['amz-sdk-invocation-id']);
  const name = String(headers['x-amz-target'] ?? `${method} ${url.split(/[/?]/)[1]}`).replace(/^.*\./, '');
  const known = calls.find((call) => call.invocation === invocation);
  const call = known ?? { name, invocation, attempts: 0 };
  call.attempts += 1;
  if (known === undefined) calls.push(call);
  return call;
}

interface Exchange {
  request: IncomingMessage;
  body: Buffer;
  response: ServerResponse;
  call: Call;
  fault: FaultKind | undefined;
}

function answer(services: Services, { request, body, response, call, fault }: Exchange): void {
  if (fault === 'refused') reply(response, refusal(call.name, { request, body }));
  else if (fault === 'lost-before') response.destroy();
  else {
    const result = perform(services, { request, body, name: call.name });
    if (fault === 'lost-after' || (fault === 'once-lost-after' && call.attempts === 1)) response.destroy();
    else reply(response, result);
  }
}

// SES says no with a 4xx, which is certain; a 5xx would leave open what it did. The text quotes what was sent, as AWS's texts may.
function refusal(name: string, { request, body: sent }: Pick<Exchange, 'request' | 'body'>): WireAnswer {
  if (isForS3(request)) return s3Error(500, 'InternalError', `Not accepted: ${sent.toString('latin1')}`);
  const isMail = name === 'POST v2';
  const body = {
    __type: isMail ? 'TooManyRequestsException' : 'InternalServerError',
    message: `Not accepted: ${sent.toString('utf8')}`,
  };
  return { status: isMail ? 429 : 500, body };
}

function reply(response: ServerResponse, { status, body }: WireAnswer): void {
  const type = (body as { __type?: string }).__type;
  response.writeHead(status, {
    'content-type': Buffer.isBuffer(body) ? 'application/xml' : 'application/x-amz-json-1.0',
    'x-amzn-requestid': 'fake',
    ...(type && { 'x-amzn-errortype': type }),
  });
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

function perform(services: Services, asked: { request: IncomingMessage; body: Buffer; name: string }): WireAnswer {
  const { request, body, name } = asked;
  if (isForS3(request)) return answerAsS3(services.objects, request, body);
  const input = JSON.parse(body.toString('utf8'));
  const ok = (result: unknown): WireAnswer => ({ status: 200, body: result });
  switch (name) {
    case 'GetSecretValue':
      return ok({ SecretString: services.secret });
    case 'SendMessage': {
      const id = `message-${services.messages.length}`;
      services.messages.push({ id, body: input.MessageBody, receives: 0, isDone: false });
      return ok({ MessageId: id, MD5OfMessageBody: createHash('md5').update(input.MessageBody).digest('hex') });
    }
    case 'PutEvents':
      services.events.push(...input.Entries);
      return ok({ FailedEntryCount: 0, Entries: [{ EventId: 'event' }] });
    case 'POST v2':
      services.mails.push(input);
      return ok({ MessageId: `mail-${services.mails.length}` });
    case 'GetPublicKey':
    case 'Sign':
      return ok(services.kms.answer(name, input));
    default:
      return tableIn(services, tableOf(input)).answer(name, input);
  }
}

function tableIn({ dynamo, contacts, ledgerTable }: Services, name: string): FakeDynamo {
  const table = { registry: dynamo, contacts, ledger: ledgerTable }[name];
  if (table === undefined) throw new Error(`The fake AWS has no table ${name}`);
  return table;
}
