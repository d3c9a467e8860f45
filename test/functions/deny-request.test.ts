import { describe, expect, it, vi } from 'vitest';
import { fromItem } from '../../shared/adapters/dynamo/table.ts';
import { heedAt } from '../support/fake-aws/heed-at.ts';
import { httpEvent, jsonEvent } from '../support/http-events.ts';

const CLERK = { sub: 'clerk-1', 'cognito:groups': '[staff]' };
const SENDER = { sub: 'sender', scope: 'heed/checks:read' };
const EVIDENCE = { evidence: 'Two hundred consumers, one signature', explanation: 'We found no permission.' };
const DENIAL = { basis: 'no_permission', ...EVIDENCE };

const { heed } = await heedAt(new Date('2026-11-25T09:00:00Z'));

async function list(claims: Record<string, string> = CLERK) {
  const { statusCode, body = '' } = await heed.http('list-cases', httpEvent('GET /v1/reviews', { claims }));
  return { status: statusCode, ...JSON.parse(body) };
}

/** An agent opts somebody out; resolves with the request as staff see it. */
async function byAgent(more: Record<string, unknown> = {}) {
  const body = { email: 'jane@example.org', agent: { name: 'Adam', email: 'adam@agent.example' }, ...more };
  await heed.http('take-agent-request', jsonEvent('POST /v1/agent-requests', body));
  return (await list()).requests[0];
}

async function deny(id: string, body: Record<string, unknown> = DENIAL, claims: Record<string, string> = CLERK) {
  const event = jsonEvent('POST /v1/requests/{id}/denial', body, { claims, params: { id } });
  const { statusCode, body: text = '' } = await heed.http('advance-case', event);
  return { status: statusCode, ...JSON.parse(text) };
}

const items = (sort: string) =>
  heed.aws.dynamo
    .items()
    .map(fromItem)
    .filter(({ sk }) => String(sk).startsWith(sort));

describe('the list of what waits for a person', () => {
  it('names opt-outs that an agent asked for, with what came along and no address of the person', async () => {
    const permission = { contentType: 'application/pdf', data: Buffer.from('%PDF-1.7').toString('base64') };
    const request = await byAgent({ permission });
    expect(request).toMatchObject({ kind: 'agent', manner: 'agent', maskedAddress: 'j•••@e•••.org', suspect: false });
    expect(request.agent).toMatchObject({
      name: 'Adam',
      email: 'adam@agent.example',
      permission: 'kept',
      objectKey: `uploads/${request.requestId}`,
    });
    expect([...heed.aws.objects.keys()]).toContain(request.agent.objectKey);
    expect((await list()).reviews).toEqual([]);
  });

  it('is for staff only', async () => expect((await list(SENDER)).status).toBe(403));
});

describe('a denial', () => {
  it('is noted with basis, evidence and actor, answers what to tell, and lifts nothing (CC-09)', async () => {
    const { id } = await byAgent();
    const [suppression] = items('SUPPRESSION');
    expect(await deny(id, { ...DENIAL, evidence: ` \u202e${DENIAL.evidence} ` })).toEqual({
      status: 200,
      id,
      state: 'denied',
      basis: 'no_permission',
      deniedAt: '2026-11-25T09:00:00.000Z',
      tell: 'We found no permission.',
    });
    expect(items('REQUEST#')).toMatchObject([
      { denialBasis: 'no_permission', denial: { actor: 'clerk-1', ...EVIDENCE }, state: 'effective' },
    ]);
    expect(items('SUPPRESSION')).toEqual([suppression]);
    expect((await list()).requests).toEqual([]);
  });

  it('stands in the ledger by basis and time, without a free word (S3-02)', async () => {
    await deny((await byAgent()).id);
    await heed.settle();
    const { gunzipSync } = await import('node:zlib');
    const lines = [...heed.aws.objects.values()].map((object) => gunzipSync(object).toString()).join('');
    expect(lines).toContain('"denialBasis":"no_permission","deniedAt":"2026-11-25T09:00:00.000Z"');
    const elsewhere = lines + JSON.stringify([heed.aws.messages, heed.aws.events]);
    expect(elsewhere).not.toMatch(/signature|We found|clerk-1|Adam|adam@/);
  });

  it('is the same on repetition, and another one is refused', async () => {
    const { id } = await byAgent();
    const first = await deny(id);
    vi.setSystemTime(new Date('2026-12-25T09:00:00Z'));
    expect(await deny(id)).toEqual(first);
    expect(await deny(id, { ...DENIAL, basis: 'fraud_suspected' })).toMatchObject({
      status: 409,
      code: 'denial.before',
    });
  });

  it('whose answer was lost is noted once', async () => {
    const { id } = await byAgent();
    heed.aws.arm(new Map([[1, 'once-lost-after']]));
    expect((await deny(id)).status).toBe(200);
    expect(heed.aws.calls[1]).toMatchObject({ name: 'UpdateItem', attempts: 2 });
    expect(items('REQUEST#')).toMatchObject([{ denialBasis: 'no_permission' }]);
  });

  it('keeps the record for 760 days from then on (CC-25)', async () => {
    const { id } = await byAgent();
    vi.setSystemTime(new Date('2027-03-01T09:00:00Z'));
    await deny(id);
    expect(items('REQUEST#')[0]?.expiresAt).toBe(new Date('2027-03-01T09:00:00Z').getTime() / 1000 + 760 * 86_400);
  });

  it.each([
    ['no evidence', { ...DENIAL, evidence: undefined }],
    ['empty evidence', { ...DENIAL, evidence: '' }],
    ['invisible evidence', { ...DENIAL, evidence: ' \u202e ' }],
    ['too long evidence', { ...DENIAL, evidence: 'x'.repeat(1001) }],
    ['no explanation', { ...DENIAL, explanation: undefined }],
    ['an invisible explanation', { ...DENIAL, explanation: '\u0000' }],
    ['no basis', EVIDENCE],
    ['a score of a robot', { ...DENIAL, basis: 'bot_score' }],
    ['a field that is not known', { ...DENIAL, lift: true }],
  ])('with %s is refused, and nothing is noted', async (_, body) => {
    const { id } = await byAgent();
    const before = items('REQUEST#');
    expect((await deny(id, body)).status).toBe(400);
    expect(items('REQUEST#')).toEqual(before);
  });

  it.each([
    [{ powerOfAttorney: true }, 'no_permission', 409],
    [{ powerOfAttorney: true }, 'fraud_suspected', 200],
    [{ permissionHash: 'ab'.repeat(32) }, 'no_permission', 200],
  ])('of an agent with %o on %s answers %i (CC-23)', async (more, basis, status) => {
    const { id } = await byAgent(more);
    expect((await deny(id, { ...DENIAL, basis })).status).toBe(status);
  });

  it.each([
    ['no_permission', 409],
    ['fraud_suspected', 200],
  ])('of what the person themselves asked, on %s, answers %i', async (basis, status) => {
    await heed.http('submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: 'jane@example.org' }));
    const [{ requestId, subjectKey } = {}] = items('REQUEST#');
    expect((await deny(`${requestId}.${subjectKey}`, { ...DENIAL, basis })).status).toBe(status);
  });

  it('is not for complaints', async () => {
    await heed.http('take-complaint', jsonEvent('POST /v1/complaints', { email: 'jane@example.org', text: 'x' }));
    const [{ requestId, subjectKey } = {}] = items('REQUEST#');
    expect(await deny(`${requestId}.${subjectKey}`)).toMatchObject({ status: 409, code: 'denial.not-allowed' });
  });

  it.each(['', 'x', 'req_1', `req_none.k1.${'a'.repeat(43)}`])('of %o is unknown', async (id) =>
    expect(await deny(id)).toMatchObject({ status: 404, code: 'request.unknown' }),
  );

  it('is for staff only', async () => {
    const { id } = await byAgent();
    expect(await deny(id, DENIAL, SENDER)).toMatchObject({ status: 403, code: 'staff.required' });
  });
});
