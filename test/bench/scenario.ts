import { confirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { newRequestId, newToken } from '../../shared/adapters/ids.ts';
import { openKeyRing } from '../../shared/adapters/key-ring.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { sampleLedger } from '../support/ledger-folder.ts';
import type { FakeContents } from './fake-aws.ts';

/** One ordinary request per function, and the store that it meets. Everything succeeds: failures are not timed. */
export interface Scenario {
  contents: FakeContents;
  events: Readonly<Record<string, object>>;
}

const PERSON: Identifier = { kind: 'email', canonical: 'jane@example.org' };
const CANCELLATION = { contactId: 'c1', cancelledAt: '2026-11-01T08:00:00Z' };
const SCOPES = ['email:marketing'] as const;
const FORM = 'application/x-www-form-urlencoded';

export async function ordinaryScenario(): Promise<Scenario> {
  const secret = JSON.stringify({ current: 'k1', k1: 'a'.repeat(64) });
  const { links, subjectKeys } = openKeyRing(secret);
  const request = janesRequest(subjectKeys.current(PERSON));
  const { subjectKey, requestId } = request;
  const [scope] = request.scopes;
  if (scope === undefined) throw new Error('The scenario asks nothing');
  const unsubscribe = await links.seal({ use: 'unsubscribe', identifier: PERSON, scope, locale: 'en' });
  const receipt = await links.seal({ use: 'receipt', subjectKey, requestId });
  const single = newToken();
  const link = { ...request, tokenHash: hashToken(single), purpose: 'confirm-mailbox' as const };
  const ledger = await ordinaryLedger();
  return {
    contents: {
      secret,
      items: { REQUEST: requestItem(request), CONFIRMATION: confirmationItem(link), ...ledger.items },
      objects: ledger.objects,
    },
    events: {
      ...pages({ unsubscribe, receipt, single }),
      ...actions({ unsubscribe, single }),
      ...consumers(request),
      'sweep-expired': {},
      'reschedule-contacts': { limit: 100, apply: false },
      'seal-ledger': {},
    },
  };
}

// Sealed, but for the last batch: a receipt is proven in it, and a seal has something to sign.
async function ordinaryLedger(): Promise<Pick<FakeContents, 'items' | 'objects'>> {
  const { files, heads } = await sampleLedger({ sizes: [100, 100, 100], sealed: [1] });
  const objects = new Map([...files].map(([key, bytes]) => [key, Buffer.from(bytes)]));
  return { items: { HEAD: heads.at(-1) ?? {}, PLACE: { object: 0, index: 42 } }, objects };
}

function janesRequest(subjectKey: Parameters<typeof optOutRequest>[0]['subjectKey']) {
  const receivedAt = new Date();
  const facts = { requestId: newRequestId(), subjectKey, identifier: PERSON, manner: 'form', locale: 'en' } as const;
  const request = optOutRequest({ ...facts, scopes: SCOPES as never, receivedAt, requestDays: 760 });
  return { ...request, expiresAt: secondsAfter(receivedAt, 1, 'days') };
}

type Tokens = Record<'unsubscribe' | 'receipt' | 'single', string>;

function pages({ unsubscribe, receipt, single }: Tokens): Scenario['events'] {
  return {
    'show-form': http('GET /'),
    'show-unsubscribe': http('GET /u/{token}', { token: unsubscribe }),
    'show-confirmation': http('GET /c/{token}', { token: single }),
    'show-receipt': http('GET /r/{token}', { token: receipt }),
    'report-health': http('GET /health'),
    'show-openapi': http('GET /openapi.json'),
    'show-sender-keys': http('GET /.well-known/heed-sender-keys.json'),
    'show-ropa': http('GET /ropa.json'),
  };
}

function actions({ unsubscribe, single }: Omit<Tokens, 'receipt'>): Scenario['events'] {
  return {
    'submit-opt-out': http('POST /opt-outs', { type: FORM, body: 'address=Jane%40Example.org&locale=en' }),
    unsubscribe: http('POST /u/{token}', { token: unsubscribe, type: FORM, body: 'List-Unsubscribe=One-Click' }),
    confirm: http('POST /c/{token}', { token: single, type: FORM, body: '' }),
    'import-cancellations': json('POST /v1/cancellations', { cancellations: [CANCELLATION] }),
    'check-suppression': json('POST /v1/checks', { scope: SCOPES[0], addresses: ['jane@example.org'] }),
    'mint-link': json('POST /v1/links', { email: 'jane@example.org' }),
  };
}

interface Content {
  token?: string;
  type?: string;
  body?: string;
  isBase64Encoded?: boolean;
}

function json(routeKey: string, body: object): object {
  return http(routeKey, { type: 'application/json', body: JSON.stringify(body), isBase64Encoded: false });
}

// API Gateway hands forms over in Base64 and JSON as it is (RF-03).
function http(routeKey: string, { token, type, body = '', isBase64Encoded = true }: Content = {}): object {
  return {
    version: '2.0',
    routeKey,
    headers: { 'accept-language': 'de-AT,de;q=0.9', ...(type && { 'content-type': type }) },
    requestContext: { http: { method: routeKey.split(' ')[0] } },
    ...(token && { pathParameters: { token } }),
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
  };
}

function consumers(request: ReturnType<typeof janesRequest>): Scenario['events'] {
  const { subjectKey, requestId } = request;
  const text = (S: string) => ({ S });
  const key = { pk: text(`SUBJECT#${subjectKey}`), sk: text(`REQUEST#${requestId}`) };
  const facts = { state: text('effective'), receipt: text('pending'), type: text('opt-out'), scopes: { L: [] } };
  const dynamodb = {
    SequenceNumber: '1',
    ApproximateCreationDateTime: Date.now() / 1000,
    Keys: key,
    NewImage: { ...key, ...facts, subjectKey: text(subjectKey), requestId: text(requestId) },
  };
  const stream = { Records: [{ eventID: 'e1', eventName: 'INSERT', dynamodb }] };
  const order = { messageId: 'm1', attributes: { ApproximateReceiveCount: '1' } };
  const queue = { Records: [{ ...order, body: JSON.stringify({ kind: 'receipt', subjectKey, requestId }) }] };
  const body = JSON.stringify({ type: 'customer.cancelled', ...CANCELLATION });
  const news = { Records: [{ messageId: 'm2', attributes: { SentTimestamp: String(Date.now()) }, body }] };
  return { 'append-ledger': stream, dispatch: stream, 'send-mail': queue, 'on-customer-changed': news };
}
