import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseReceipt } from '../../shared/domain/ledger/receipt.ts';
import { LINK_SCOPE } from '../../shared/domain/policy.ts';
import { scopeName } from '../../shared/domain/scope.ts';
import { followUpToken } from '../../shared/domain/token.ts';
import { tokenOfUrl } from '../../shared/domain/unsubscribe-link.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { mintLink } from '../../shared/sender/mint-link.ts';
import { PROOF_QUERY } from '../../shared/views/receipt-page.ts';
import type { FaultKind } from '../support/fake-aws/fake-aws.ts';
import { mailedTokens } from '../support/fake-aws/outcome.ts';
import { type HttpCapability, type RunningHeed, runHeed } from '../support/fake-aws/running-heed.ts';
import { ledgerDefects } from '../support/fake-aws/stored-ledger.ts';
import { formEvent, httpEvent, jsonEvent, multipartEvent } from '../support/http-events.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';
import { type Canary, canary, findIn } from './forms.ts';
import { type Surfaces, watchSurfaces } from './surfaces.ts';

// Odd spellings: upper case, a tag, letters outside ASCII on either side, a quoted local part, an IP address; numbers as people write them.
const CANARIES: readonly Canary[] = [
  'Quiet.Canary+Spy7@BÜCHER-Kanarie.Example',
  'zoë.kanarienvogel@example.org',
  '"odd canary\\"quote"@example.org',
  'canary.literal@[192.0.2.77]',
  '+44 (0)7400 987-654',
  '0049 30 90182077',
].map(canary);

let heed: RunningHeed;
let surfaces: Surfaces;

beforeAll(async () => {
  heed = await runHeed();
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T10:00:00Z') });
  heed.restart();
  surfaces = watchSurfaces();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

afterAll(() => heed.close());

async function ask(capability: HttpCapability, event: APIGatewayProxyEventV2) {
  const answer = await heed.http(capability, event);
  surfaces.answer(answer);
  return answer;
}

/** Whatever throws is written down as Lambda would do it. */
async function attempt(act: () => Promise<unknown>): Promise<void> {
  await act().catch((error: unknown) => surfaces.error(error));
}

function expectNoTrace(...canaries: readonly Canary[]): void {
  for (const [name, text] of Object.entries(surfaces.all(heed.aws))) {
    for (const bird of canaries) expect({ name, found: findIn(text, bird) }).toEqual({ name, found: undefined });
  }
}

function bodyOf({ typed, kind }: Canary) {
  return { [kind]: typed };
}

async function mailOnce(bird: Canary): Promise<void> {
  await ask('submit-opt-out', jsonEvent('POST /v1/opt-outs', bodyOf(bird)));
  await heed.settle();
}

/** The receipt in each form, once its record is sealed: the page, its JSON with the proof, the proof as a file. */
async function askForReceipt(token: string): Promise<void> {
  await ask('show-receipt', httpEvent('GET /r/{token}', { token }));
  const asJson = { token, headers: { accept: 'application/json' } };
  const { body: json = '' } = await ask('show-receipt', httpEvent('GET /r/{token}', asJson));
  const asFile = { token, query: { [PROOF_QUERY]: '' } };
  const { body: file = '' } = await ask('show-receipt', httpEvent('GET /r/{token}', asFile));
  const receipt = parseReceipt(file);
  expect(JSON.parse(json).ledger).toEqual({ state: 'sealed', receipt });
  // Base64 in the file: what it says is also looked at in plain.
  surfaces.answer({ body: receipt?.leaf ?? '' });
}

async function unsubscribeToken({ typed }: Canary): Promise<string> {
  const scope = scopeName({ ...LINK_SCOPE });
  return await testKeyRing().links.seal({ use: 'unsubscribe', identifier: identify(typed), scope });
}

/** Senders mint offline for e-mail addresses only. */
async function offlineTokens({ typed, kind }: Canary): Promise<string[]> {
  if (kind !== 'email') return [];
  const { body = '' } = await ask('show-sender-keys', httpEvent('GET /.well-known/heed-sender-keys.json'));
  return [tokenOfUrl(await mintLink({ publicKeys: JSON.parse(body), publicUrl: TEST_PUBLIC_URL, email: typed }))];
}

it('finds a canary in each form that it looks for', () => {
  for (const bird of CANARIES) for (const form of bird.forms) expect(findIn(`x${form}y`, bird)).toBeDefined();
});

describe.each(CANARIES)('$typed leaves no trace', (bird) => {
  it('when it is opted out by every way, mailed, undone and swept', async () => {
    const { typed } = bird;
    await ask('submit-opt-out', formEvent('POST /opt-outs', { address: typed, site: 'blog', [HONEYPOT_FIELD]: typed }));
    await ask('submit-opt-out', multipartEvent('POST /opt-outs', { address: typed, site: 'shop' }));
    const { body = '' } = await ask('submit-opt-out', jsonEvent('POST /v1/opt-outs', bodyOf(bird)));
    await heed.settle();
    await heed.seal();
    await askForReceipt(JSON.parse(body).receiptUrl.split('/r/')[1]);
    await ask('check-suppression', jsonEvent('POST /v1/checks', { scope: 'email:marketing', addresses: [typed] }));
    await ask(
      'check-suppression',
      jsonEvent('POST /v1/checks', { scope: 'email:marketing', addresses: [typed, 'a@b.example'] }),
    );
    const { confirm, undo } = mailedTokens(heed.aws);
    for (const token of [confirm, undo, followUpToken(undo)]) {
      await ask('show-confirmation', httpEvent('GET /c/{token}', { token }));
      await ask('confirm', httpEvent('POST /c/{token}', { token }));
    }
    await heed.settle();
    vi.setSystemTime(new Date('2029-11-23T10:00:00Z'));
    await heed.sweep();
    await heed.settle();
    await heed.seal();

    expect(heed.aws.dynamo.items().length).toBeGreaterThan(0);
    const folders = new Set([...heed.aws.objects.keys()].map((key) => key.split('/')[0]));
    expect(folders).toEqual(new Set(['ledger', 'checkpoints', 'keys']));
    expect(await ledgerDefects(heed.aws)).toEqual([]);
    expectNoTrace(bird);
  });

  it('when a sender has a link made, and the link is shown and used', async () => {
    await ask('mint-link', jsonEvent('POST /v1/links', { email: bird.typed, list: 'weekly', campaign: 'spring' }));
    await ask('mint-link', jsonEvent('POST /v1/links', { emails: [bird.typed, `${bird.typed} x`] }));
    for (const token of [await unsubscribeToken(bird), ...(await offlineTokens(bird))]) {
      await ask('show-unsubscribe', httpEvent('GET /u/{token}', { token }));
      await ask('unsubscribe', formEvent('POST /u/{token}', { 'List-Unsubscribe': 'One-Click' }, { token }));
      await ask('unsubscribe', formEvent('POST /u/{token}', { source: 'page' }, { token }));
    }
    await heed.settle();
    expectNoTrace(bird);
  });

  it('when it stands where it does not belong', async () => {
    const { typed } = bird;
    const stray = { query: { lang: typed, email: typed }, headers: { 'accept-language': typed, 'user-agent': typed } };
    const contact = { params: { id: 'c-1', holdId: typed }, actor: 'staff-7', scopes: ['any'] };
    const classes = { account: { data: typed } };
    const events: [HttpCapability, APIGatewayProxyEventV2][] = [
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: `${typed}@@`, phone: typed })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: `${typed} x` })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { phone: `${typed}x` })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: [typed] })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { [typed]: typed })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: 'a@b.example', scopes: [typed], locale: typed })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: 'a@b.example', site: typed })],
      ['submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: 'a@b.example', locale: typed }, stray)],
      [
        'submit-opt-out',
        httpEvent('POST /v1/opt-outs', { contentType: 'application/json', body: `{"email": ${typed}` }),
      ],
      ['submit-opt-out', httpEvent('POST /opt-outs', { contentType: `text/${typed}`, body: typed })],
      ['submit-opt-out', httpEvent('POST /opt-outs', { contentType: 'multipart/form-data', body: typed })],
      ['submit-opt-out', formEvent('POST /opt-outs', { address: `${typed}@@ x`, site: typed, locale: typed }, stray)],
      ['submit-opt-out', formEvent('POST /opt-outs', { address: 'a@b.example', scopes: typed, locale: typed }, stray)],
      ['unsubscribe', formEvent('POST /u/{token}', { [typed]: typed }, { token: typed, ...stray })],
      ['show-unsubscribe', httpEvent('GET /u/{token}', { token: typed, ...stray })],
      ['show-confirmation', httpEvent('GET /c/{token}', { token: typed, ...stray })],
      ['confirm', formEvent('POST /c/{token}', { [typed]: typed }, { token: typed, ...stray })],
      ['show-receipt', httpEvent('GET /r/{token}', { token: typed, ...stray })],
      ['show-form', httpEvent('GET /', stray)],
      ['report-health', httpEvent('GET /health', stray)],
      ['check-suppression', jsonEvent('POST /v1/checks', { scope: typed, addresses: [typed] })],
      ['check-suppression', jsonEvent('POST /v1/checks', { scope: 'email:marketing', addresses: typed, [typed]: 1 })],
      ['mint-link', jsonEvent('POST /v1/links', { email: `${typed} x`, list: typed, campaign: typed })],
      ['put-contact', jsonEvent('PUT /v1/contacts/{id}', { identifiers: [], classes: {} }, { params: { id: typed } })],
      ['put-contact', jsonEvent('PUT /v1/contacts/{id}', { identifiers: [], classes: { [typed]: {} } }, contact)],
      ['put-contact', jsonEvent('PUT /v1/contacts/{id}', { identifiers: [{ email: `${typed} x` }], classes }, contact)],
      ['put-contact', jsonEvent('PUT /v1/contacts/{id}', { identifiers: [bodyOf(bird)], classes }, contact)],
      ['hold-contact', jsonEvent('PUT /v1/contacts/{id}/holds/{holdId}', { reason: 1, [typed]: typed }, contact)],
    ];
    for (const [capability, event] of events) await ask(capability, event);
    await heed.settle();
    expectNoTrace(bird);
  });
});

// The SDK waits between its attempts, so only one of each kind comes here.
describe.each(CANARIES.filter((_, index) => index % 2 === 0))('$typed leaves no trace in the trouble', (bird) => {
  it.each<FaultKind>(['refused', 'lost-before', 'lost-after'])('when each call to AWS is %s', async (kind) => {
    const faults = new Map(Array.from({ length: 40 }, (_, call) => [call, kind] as const));
    const disturbed = async (act: () => Promise<unknown>) => {
      heed.aws.arm(faults);
      await attempt(act);
      heed.aws.arm(new Map());
    };
    const token = await unsubscribeToken(bird);
    await disturbed(() => ask('submit-opt-out', jsonEvent('POST /v1/opt-outs', bodyOf(bird))));
    await mailOnce(bird);
    await disturbed(() => ask('submit-opt-out', formEvent('POST /opt-outs', { address: bird.typed })));
    await disturbed(() => ask('unsubscribe', httpEvent('POST /u/{token}', { token })));
    const checks = { scope: 'email:marketing', addresses: [bird.typed] };
    await disturbed(() => ask('check-suppression', jsonEvent('POST /v1/checks', checks)));
    await disturbed(() => ask('confirm', httpEvent('POST /c/{token}', { token: mailedTokens(heed.aws).confirm })));
    const { body = '' } = await ask('submit-opt-out', jsonEvent('POST /v1/opt-outs', bodyOf(bird)));
    const receiptToken = JSON.parse(body).receiptUrl.split('/r/')[1];
    await disturbed(() => heed.drainStream('append-ledger'));
    await heed.drainStream('append-ledger');
    await disturbed(() => heed.seal());
    await disturbed(() => ask('show-receipt', httpEvent('GET /r/{token}', { token: receiptToken })));
    await disturbed(() => heed.drainStream('dispatch'));
    await attempt(() => heed.drainStream('dispatch'));
    await disturbed(() => heed.drainQueue());
    await disturbed(() => heed.sweep());
    expect(surfaces.all(heed.aws).logs).toContain('"level":"error"');
    expectNoTrace(bird);
  });
});

it('goes to the mail system as the one recipient, and nowhere else of the request', async () => {
  const [bird] = CANARIES as [Canary];
  await mailOnce(bird);
  const { canonical } = identify(bird.typed);
  expect(heed.aws.mails.map(({ Destination }) => Destination)).toEqual([{ ToAddresses: [canonical] }]);
  expectNoTrace(bird);
});
