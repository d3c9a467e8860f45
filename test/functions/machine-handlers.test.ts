import '../support/handler-environment.ts';
import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as check } from '../../functions/check-suppression/handler.ts';
import { handler as mint } from '../../functions/mint-link/handler.ts';
import { suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { choiceAttribute } from '../../shared/adapters/dynamo/suppression-item.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import { doNotAskBefore } from '../../shared/domain/policy.ts';
import { checkAnswerSchema } from '../../shared/http/schemas/checks.ts';
import { linkAnswerSchema, linksAnswerSchema } from '../../shared/http/schemas/links.ts';
import { httpEvent, jsonEvent, testContext } from '../support/http-events.ts';
import { aws, READ_COMMANDS, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

const askCheck = (body: unknown) =>
  check(jsonEvent('POST /v1/checks', body, { scopes: ['heed/checks:read'] }), testContext);
const askLink = (body: unknown) =>
  mint(jsonEvent('POST /v1/links', body, { scopes: ['heed/links:write'] }), testContext);

const { subjectKey, requestId, receivedAt, manner } = sampleOptOut();
const choice = choiceAttribute({ state: 'opted-out', since: receivedAt, requestId, manner });
const suppression = toItem({ ...suppressionKey(subjectKey), 'scope#any:marketing': choice, subjectKey, version: 1 });

// Before everything else in this file, while the handlers hold no key ring yet.
describe('without the key ring', () => {
  it('a check tells the sender not to send, and the next one asks again', async () => {
    resetClients();
    aws.secrets.on(GetSecretValueCommand).rejects(new Error('canary-4711'));
    const { statusCode, body = '' } = await askCheck({ scope: 'email:marketing', addresses: ['jane@example.org'] });
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ code: 'keys.unavailable', treatAs: 'suppressed' });
    expect(body).not.toContain('canary-4711');
    resetClients();
    aws.dynamo.on(GetItemCommand).resolves({});
    expect((await askCheck({ scope: 'email:marketing', addresses: ['jane@example.org'] })).statusCode).toBe(200);
  });
});

describe('POST /v1/checks', () => {
  beforeEach(() => {
    resetClients();
    aws.dynamo.on(GetItemCommand).resolves({});
    aws.dynamo.on(GetItemCommand, { Key: toItem(suppressionKey(subjectKey)) }).resolves({ Item: suppression });
    aws.dynamo.on(BatchGetItemCommand).resolves({ Responses: { Registry: [suppression] } });
  });

  it('answers 200 by its schema, after one consistent read for one address', async () => {
    const { statusCode, body = '' } = await askCheck({ scope: 'email:marketing', addresses: ['Jane@Example.org'] });
    expect(statusCode).toBe(200);
    expect(checkAnswerSchema.parse(JSON.parse(body)).results).toEqual([
      {
        address: 'Jane@Example.org',
        suppressed: true,
        scope: 'any:marketing',
        since: receivedAt.toISOString(),
        doNotAskBefore: doNotAskBefore(receivedAt).toISOString(),
      },
    ]);
    const [call] = aws.dynamo.commandCalls(GetItemCommand);
    expect(call?.args[0].input.ConsistentRead).toBe(true);
    expect(sentCommands().filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  });

  it('answers many in their order', async () => {
    const addresses = ['john@example.org', 'nobody', 'jane@example.org'];
    const { body = '' } = await askCheck({ scope: 'email:marketing', addresses });
    expect(checkAnswerSchema.parse(JSON.parse(body)).results.map(({ suppressed }) => suppressed)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it.each([
    ['one', GetItemCommand, ['jane@example.org']],
    ['many', BatchGetItemCommand, ['jane@example.org', 'john@example.org']],
  ] as const)(
    'says "treat as suppressed" with 503 when the store fails for %s (EM-14)',
    async (_, command, addresses) => {
      aws.dynamo.on(command as typeof GetItemCommand).rejects(new Error('canary-4711'));
      const { statusCode, headers, body = '' } = await askCheck({ scope: 'email:marketing', addresses });
      expect([statusCode, headers?.['content-type'], headers?.['retry-after']]).toEqual([
        503,
        'application/problem+json',
        '30',
      ]);
      expect(JSON.parse(body)).toMatchObject({ treatAs: 'suppressed', code: 'store.unavailable' });
      expect(body).not.toMatch(/canary-4711|jane|"suppressed":false/);
    },
  );

  it('says so, too, when the store holds what it cannot read, rather than overlook an opt-out', async () => {
    const broken = toItem({ ...suppressionKey(subjectKey), 'scope#any:marketing': { state: 'perhaps' } });
    aws.dynamo.on(GetItemCommand, { Key: toItem(suppressionKey(subjectKey)) }).resolves({ Item: broken });
    expect((await askCheck({ scope: 'email:marketing', addresses: ['jane@example.org'] })).statusCode).toBe(503);
  });

  it.each([
    ['no scope', { addresses: ['jane@example.org'] }],
    ['a bad scope', { scope: 'email', addresses: ['jane@example.org'] }],
    ['no addresses', { scope: 'email:marketing', addresses: [] }],
    ['more than 1,000', { scope: 'email:marketing', addresses: Array(1001).fill('jane@example.org') }],
    ['an unknown field', { scope: 'email:marketing', addresses: ['jane@example.org'], list: 'x' }],
  ])('answers 400 to %s, which a sender cannot take for "may send" either', async (_, body) => {
    const { statusCode, body: text = '' } = await askCheck(body);
    expect(statusCode).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ treatAs: 'suppressed' });
    expect(text).not.toContain('jane');
  });

  it('answers 415 to what is not JSON', async () => {
    const event = httpEvent('POST /v1/checks', { contentType: 'text/plain', body: '{}', scopes: ['heed/checks:read'] });
    expect((await check(event, testContext)).statusCode).toBe(415);
  });
});

describe('POST /v1/links', () => {
  beforeEach(resetClients);

  it('answers 200 with the link and the exact headers, and touches no store (RF-01)', async () => {
    const { statusCode, body = '' } = await askLink({
      email: 'jane@example.org',
      list: 'weekly',
      campaign: 'spring',
      locale: 'de',
    });
    expect(statusCode).toBe(200);
    const { url, headers } = linkAnswerSchema.parse(JSON.parse(body));
    expect(headers).toEqual({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(body).not.toContain('jane');
    expect(sentCommands().filter((name) => name !== 'GetSecretValueCommand')).toEqual([]);
  });

  it('answers for a thousand addresses in one call, and repeats none', async () => {
    const emails = Array.from({ length: 1000 }, (_, index) => (index === 7 ? 'jane@' : `jane.${index}@example.org`));
    const { statusCode, body = '' } = await askLink({ emails, list: 'weekly' });
    expect(statusCode).toBe(200);
    const { links } = linksAnswerSchema.parse(JSON.parse(body));
    expect(links).toHaveLength(1000);
    expect(links.map((link) => 'problem' in link)).toEqual(emails.map((email) => email === 'jane@'));
    expect(body).not.toContain('jane');
  });

  it.each([
    ['a bad address', { email: 'jane@' }, 'email'],
    ['a phone number', { email: '+49 30 123456' }, 'email'],
    ['a bad list', { email: 'jane@example.org', list: 'A B' }, 'list'],
    ['no address', {}, 'email'],
    ['one address and many', { email: 'jane@example.org', emails: ['jane@example.org'] }, 'email'],
    ['an empty list of addresses', { emails: [] }, 'emails'],
    ['more than 1,000 addresses', { emails: Array(1001).fill('jane@example.org') }, 'emails'],
    ['an address as campaign', { email: 'jane@example.org', campaign: 'jane@example.org' }, 'campaign'],
  ])('answers 400 to %s', async (_, body, field) => {
    const { statusCode, body: text = '' } = await askLink(body);
    expect(statusCode).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ field });
    expect(text).not.toContain('jane@');
  });
});
