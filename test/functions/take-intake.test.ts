import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { fromItem } from '../../shared/adapters/dynamo/table.ts';
import { runHeed } from '../support/fake-aws/running-heed.ts';
import { jsonEvent } from '../support/http-events.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const CLERK = { sub: 'clerk-1', 'cognito:groups': '[staff]' };
const HASH = 'ab'.repeat(32);
const { subjectKeys } = testKeyRing();

vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const heed = await runHeed();

afterEach(() => heed.restart());
afterAll(async () => {
  await heed.close();
  vi.restoreAllMocks();
});

async function intake(body: Record<string, unknown>, claims: Record<string, string> = CLERK) {
  const event = jsonEvent('POST /v1/intake', body, { claims });
  const { statusCode, body: text = '' } = await heed.http('take-intake', event);
  return { status: statusCode, answer: JSON.parse(text) };
}

const items = () => heed.aws.dynamo.items().map(fromItem);
const requestOf = () => items().find(({ sk }) => String(sk).startsWith('REQUEST#'));

describe('what reaches staff', () => {
  it('is in force at once, whatever follows, and answered with a sentence to read out (TC-01)', async () => {
    const { status, answer } = await intake({ channel: 'phone', phone: '+44 20 7946 0018', note: 'Called at noon' });
    expect([status, answer]).toEqual([201, expect.objectContaining({ status: 'opted_out', effective: true })]);
    expect(answer.readOut).toContain('Your opt-out is in force since ');
    expect(answer.readOut).toContain(answer.requestId);
    const { pk } = suppressionKey(subjectKeys.current(identify('+442079460018')));
    expect(items().find((item) => item.pk === pk && item.sk === 'SUPPRESSION')).toMatchObject({
      'scope#any:marketing': { state: 'opted-out' },
    });
    expect(requestOf()).toMatchObject({ manner: 'phone', intake: { actor: 'clerk-1', note: 'Called at noon' } });
  });

  it.each([
    ['phone', 'phone'],
    ['post', 'post'],
    ['in-person', 'in-person'],
    ['agent', 'agent'],
    ['email', 'mailto'],
  ])('by %s is recorded as %s (CC-25)', async (channel, manner) => {
    await intake({ channel, email: 'jane@example.org', scopes: ['email:marketing'] });
    expect(requestOf()).toMatchObject({ manner, scopes: ['email:marketing'], state: 'effective' });
  });

  it('reads out in the language of the person', async () => {
    const { answer } = await intake({ channel: 'phone', email: 'jane@example.org', locale: 'de-AT' });
    expect(answer.readOut).toContain('Ihr Widerspruch gilt seit');
  });

  it.each([
    [{}, { permission: 'none', powerOfAttorney: false }],
    [{ permissionHash: HASH }, { permission: 'attached', permissionHash: HASH, powerOfAttorney: false }],
    [{ powerOfAttorney: true }, { permission: 'attached', powerOfAttorney: true }],
  ])('by an agent with %o holds at once, and no mail asks the consumer to confirm (CC-22)', async (facts, recorded) => {
    const { status } = await intake({
      channel: 'agent',
      email: 'jane@example.org',
      agent: { name: 'Ad\u202eam', ...facts },
    });
    expect(status).toBe(201);
    expect(requestOf()).toMatchObject({ state: 'effective', intake: { agent: { name: 'Adam', ...recorded } } });
    await heed.settle();
    expect(heed.aws.mails.map(({ Content }) => Content.Simple.Subject.Data)).toEqual(['Your opt-out is in force']);
  });

  it('keeps note, agent and staff out of ledger, queue, bus and log (S3-02)', async () => {
    const secret = 'Wohnt in der Lindenstrasse';
    const agent = { name: 'Lindenstrasse & Partner' };
    await intake({ channel: 'agent', email: 'jane@example.org', note: `\u0000${secret}`, agent });
    await heed.settle();
    const objects = [...heed.aws.objects.values()].map((object) => JSON.stringify(object));
    const elsewhere = JSON.stringify([objects, heed.aws.messages, heed.aws.events, heed.aws.ledgerTable.items()]);
    expect(elsewhere).not.toMatch(/Lindenstrasse|clerk-1/);
    expect(JSON.stringify(requestOf())).toContain(secret);
  });

  it.each([
    ['no address', { channel: 'phone' }],
    ['two addresses', { channel: 'phone', email: 'jane@example.org', phone: '+442079460018' }],
    ['no channel', { email: 'jane@example.org' }],
    ['another channel', { channel: 'fax', email: 'jane@example.org' }],
    ['another kind', { channel: 'phone', email: 'jane@example.org', kind: 'erasure' }],
    ['no address that can be read', { channel: 'phone', email: 'jane@' }],
    ['a line break in the address', { channel: 'phone', email: 'jane@example.org\r\nbcc: x@example.org' }],
    [
      'a list that is not configured',
      { channel: 'phone', email: 'jane@example.org', scopes: ['email:marketing:jane'] },
    ],
    ['too long a note', { channel: 'phone', email: 'jane@example.org', note: 'x'.repeat(1001) }],
    ['a hash that is none', { channel: 'agent', email: 'jane@example.org', agent: { name: 'A', permissionHash: 'x' } }],
    ['too long a name', { channel: 'agent', email: 'jane@example.org', agent: { name: 'x'.repeat(201) } }],
    ['a field that is not known', { channel: 'phone', email: 'jane@example.org', verified: true }],
  ])('is refused with %s, and nothing is written', async (_, body) => {
    const { status, answer } = await intake(body);
    expect(status).toBe(400);
    expect(JSON.stringify(answer)).not.toContain('jane');
    expect(items()).toEqual([]);
  });

  it('is taken from staff only', async () => {
    const body = { channel: 'phone', email: 'jane@example.org' };
    const { status, answer } = await intake(body, { sub: 'sender', scope: 'heed/checks:read' });
    expect([status, answer.code]).toEqual([403, 'staff.required']);
    expect(items()).toEqual([]);
  });
});
