import { describe, expect, it, vi } from 'vitest';
import { fromItem } from '../../shared/adapters/dynamo/table.ts';
import { heedAt } from '../support/fake-aws/heed-at.ts';
import { formEvent, httpEvent, jsonEvent } from '../support/http-events.ts';

const CLERK = { sub: 'clerk-1', 'cognito:groups': '[staff]' };
const SENDER = { sub: 'sender', scope: 'heed/checks:read' };
const TEXT = 'You still call me,\nthough I opted out.';

const { heed } = await heedAt(new Date('2026-11-25T09:00:00Z'));

const post = (fields: Record<string, string>) =>
  heed.http('take-complaint', formEvent('POST /complaints', { address: 'jane@example.org', text: TEXT, ...fields }));
const postJson = async (body: Record<string, unknown>) =>
  heed.http('take-complaint', jsonEvent('POST /v1/complaints', body));

async function list(query: Record<string, string> = {}, claims: Record<string, string> = CLERK) {
  const { statusCode, body = '' } = await heed.http('list-cases', httpEvent('GET /v1/complaints', { query, claims }));
  return { status: statusCode, ...JSON.parse(body) };
}

async function advance(id: string, body: Record<string, unknown>, claims: Record<string, string> = CLERK) {
  const event = jsonEvent('POST /v1/complaints/{id}/events', body, { claims, params: { id } });
  const { statusCode, body: text = '' } = await heed.http('advance-case', event);
  return { status: statusCode, ...JSON.parse(text) };
}

/** Complains by form; resolves with the complaint as staff see it once its mail is out. */
async function complain(fields: Record<string, string> = {}) {
  await post(fields);
  await heed.settle();
  return (await list()).complaints[0];
}

const requests = () =>
  heed.aws.dynamo
    .items()
    .map(fromItem)
    .filter(({ sk }) => String(sk).startsWith('REQUEST#'));

describe('a complaint', () => {
  it('by form is acknowledged by page and mail, with its number and the last day to answer (UK-01)', async () => {
    const { statusCode, body = '' } = await post({ reference: 'A-17' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Done: we have your complaint');
    expect(body).toContain('29 December 2026');
    expect(body).not.toMatch(/jane|still call/);
    await heed.settle();
    const [mail] = heed.aws.mails;
    expect(mail?.Destination.ToAddresses).toEqual(['jane@example.org']);
    expect(mail?.Content.Simple.Subject.Data).toBe('We have your complaint');
    expect(mail?.Content.Simple.Body.Text.Data).not.toContain('still call');
    expect((await list()).complaints).toMatchObject([
      {
        state: 'acknowledged',
        address: 'jane@example.org',
        text: TEXT,
        reference: 'A-17',
        acknowledgeBy: '2026-12-29',
      },
    ]);
  });

  it('by JSON is answered with its number', async () => {
    const { statusCode, body = '' } = await postJson({ phone: '+442079460018', text: TEXT });
    expect(statusCode).toBe(201);
    expect(JSON.parse(body)).toMatchObject({ status: 'received', answerBy: '2026-12-29' });
    await heed.settle();
    expect(heed.aws.mails).toEqual([]);
    expect((await list()).complaints).toMatchObject([{ state: 'received', address: '+442079460018' }]);
  });

  it('is answered alike, whether the address is known or not (EM-10), with one mail in the guard’s time (EM-09)', async () => {
    const answers = [await post({}), await post({}), await post({ address: 'stranger@example.org' })];
    await heed.settle();
    const neutral = answers.map(({ body = '' }) => body.replaceAll(/req_\w+/g, 'req'));
    expect(new Set(neutral).size).toBe(1);
    expect(heed.aws.mails.map(({ Destination }) => Destination.ToAddresses[0])).toEqual([
      'jane@example.org',
      'stranger@example.org',
    ]);
    expect(requests()).toHaveLength(3);
  });

  it('leaves neither text nor address in ledger, queue and bus (S3-02, DD-07)', async () => {
    const { id } = await complain();
    await advance(id, { event: 'inquire', told: 'We asked the call centre' });
    await heed.settle();
    const { objects, messages, events, ledgerTable } = heed.aws;
    const elsewhere = JSON.stringify([[...objects.values()], messages, events, ledgerTable.items()]);
    expect(elsewhere).not.toMatch(/jane@|still call|call centre|clerk-1/);
    const news = events.filter(({ DetailType }) => DetailType.startsWith('complaint.'));
    expect(news.map(({ DetailType }) => DetailType)).toEqual(['complaint.received', 'complaint.inquiring']);
  });

  it.each([
    ['no address', { address: '' }, 'Enter an e-mail address or a phone number'],
    ['no address that can be read', { address: 'jane@' }, 'This is not an e-mail address'],
    ['no text', { text: ' \u202e ' }, 'Write what your complaint is about'],
    ['too long a text', { text: 'x'.repeat(4001) }, 'Shorten your complaint'],
  ])('with %s comes back with what was typed', async (_, fields, problem) => {
    const { statusCode, body } = await post({ reference: 'A-17', ...fields });
    expect(statusCode).toBe(400);
    expect(body).toContain(problem);
    expect(body).toContain('value="A-17"');
    expect(requests()).toEqual([]);
  });

  it.each([
    ['no text', { email: 'jane@example.org' }],
    ['an invisible text', { email: 'jane@example.org', text: '\u202e' }],
    ['too long a text', { email: 'jane@example.org', text: 'x'.repeat(4001) }],
    ['two addresses', { email: 'jane@example.org', phone: '+442079460018', text: 'x' }],
    ['no address', { text: 'x' }],
    ['a field that is not known', { email: 'jane@example.org', text: 'x', state: 'resolved' }],
  ])('by JSON with %s is refused, and nothing is written', async (_, body) => {
    const { statusCode, body: text } = await postJson(body);
    expect(statusCode).toBe(400);
    expect(text).not.toContain('jane');
    expect(requests()).toEqual([]);
  });

  it.each(['GET', 'HEAD'])('has a form that %s shows and that reads nothing', async (method) => {
    const { statusCode } = await heed.http('show-form', httpEvent(`${method} /complaints`));
    expect(statusCode).toBe(200);
    expect(heed.aws.calls).toEqual([]);
  });
});

describe('staff', () => {
  it('note what was done and told, until the outcome; from then on its end is 760 days away (CC-25)', async () => {
    const { id } = await complain();
    for (const [event, state] of [
      ['inquire', 'inquiring'],
      ['inform', 'inquiring'],
      ['resolve', 'resolved'],
    ])
      expect(await advance(id, { event, told: `Told: ${event}` })).toEqual({ status: 200, id, state });
    const [request] = requests();
    expect(request?.expiresAt).toBe(new Date('2026-11-25T09:00:00Z').getTime() / 1000 + 760 * 86_400);
    expect((await list()).complaints[0].steps.map(({ told }: { told: string }) => told)).toHaveLength(3);
    vi.setSystemTime(new Date('2027-01-31T09:00:00Z'));
    expect((await advance(id, { event: 'appeal', told: 'The person objects' })).state).toBe('appealed');
    expect((await list()).complaints).toMatchObject([{ state: 'appealed', answerBy: '2027-03-01', overdue: false }]);
    expect(Number(requests()[0]?.expiresAt)).toBeGreaterThan(new Date('2036-01-01').getTime() / 1000);
  });

  it('are told when the state does not allow it, and nothing is written', async () => {
    const { id } = await complain();
    const before = requests();
    expect(await advance(id, { event: 'resolve', told: 'x' })).toMatchObject({
      status: 409,
      code: 'complaint.not-allowed',
      accepted: 'resolve follows inquiring',
    });
    expect(requests()).toEqual(before);
  });

  it.each(['', 'x', 'req_1.k1.short', 'req_1', `req_none.k1.${'a'.repeat(43)}`, `../${'a'.repeat(43)}`])(
    'are told that %o is no complaint',
    async (id) => expect(await advance(id, { event: 'inquire', told: 'x' })).toMatchObject({ status: 404 }),
  );

  it.each([{ event: 'inquire' }, { event: 'delete', told: 'x' }, { event: 'inquire', told: 'x'.repeat(2001) }, {}])(
    'are refused %o',
    async (body) => expect((await advance((await complain()).id, body)).status).toBe(400),
  );

  it('list by state and by what is overdue, the most pressing first', async () => {
    await complain();
    vi.setSystemTime(new Date('2026-12-10T09:00:00Z'));
    await post({ address: '+442079460018' });
    vi.setSystemTime(new Date('2026-12-30T09:00:00Z'));
    expect((await list()).complaints.map(({ address }: { address: string }) => address)).toEqual([
      'jane@example.org',
      '+442079460018',
    ]);
    expect((await list({ overdue: 'true' })).complaints).toMatchObject([{ address: 'jane@example.org' }]);
    expect((await list({ state: 'received', overdue: 'false' })).complaints).toMatchObject([
      { address: '+442079460018' },
    ]);
    expect((await list({ state: 'resolved' })).complaints).toEqual([]);
    expect((await list({ state: 'open' })).status).toBe(400);
  });

  it('are the only ones who list and note', async () => {
    const { id } = await complain();
    expect(await list({}, SENDER)).toMatchObject({ status: 403, code: 'staff.required' });
    expect(await advance(id, { event: 'inquire', told: 'x' }, SENDER)).toMatchObject({ status: 403 });
    const reviews = await heed.http('list-cases', httpEvent('GET /v1/reviews', { claims: SENDER }));
    expect(reviews.statusCode).toBe(403);
    expect(requests()[0]?.state).toBe('received');
  });

  it('list mails that wait', async () => {
    const { statusCode, body } = await heed.http('list-cases', httpEvent('GET /v1/reviews', { claims: CLERK }));
    expect([statusCode, body]).toEqual([200, '{"reviews":[],"requests":[]}']);
  });
});

describe('the count of what is overdue', () => {
  it('is that of complaints past their last day', async () => {
    const { handler } = await import('../../functions/count-overdue/handler.ts');
    await post({});
    await post({ address: '+442079460018' });
    expect(await handler()).toEqual({ overdue: 0, openBursts: 0 });
    vi.setSystemTime(new Date('2026-12-30T00:00:00Z'));
    expect(await handler()).toEqual({ overdue: 2, openBursts: 0 });
  });
});
