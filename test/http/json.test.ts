import { describe, expect, it } from 'vitest';
import { VisibleError } from '../../shared/domain/errors.ts';
import { readJson } from '../../shared/http/json.ts';
import { readRequest } from '../../shared/http/request.ts';
import { checkBodySchema } from '../../shared/http/schemas/checks.ts';
import { linkBodySchema } from '../../shared/http/schemas/links.ts';
import { optOutBodySchema } from '../../shared/http/schemas/opt-outs.ts';
import { type EventParts, httpEvent, jsonEvent } from '../support/http-events.ts';

const CANARY = 'canary-7f3a@example.org';
const optOut = (body: unknown) => readJson(optOutBodySchema, readRequest(jsonEvent('POST /v1/opt-outs', body)));
const raw = (parts: EventParts) => readJson(optOutBodySchema, readRequest(httpEvent('POST /v1/opt-outs', parts)));

function refusalOf(attempt: () => unknown): VisibleError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof VisibleError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}

describe('readJson', () => {
  it('resolves with the body', () => {
    const body = { email: 'a@example.org', scopes: ['email:marketing'], site: 'shop', locale: 'de-AT' };
    expect(optOut(body)).toEqual(body);
    expect(optOut({ phone: '+49 30 123456' })).toEqual({ phone: '+49 30 123456' });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'application/merge-patch+json', 'Application/JSON'])(
    'takes the type %s',
    (contentType) => {
      expect(raw({ contentType, body: '{"email":"a@example.org"}' })).toEqual({ email: 'a@example.org' });
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses the type %j',
    (contentType) => {
      expect(refusalOf(() => raw({ contentType, body: '{}' }))).toMatchObject({
        kind: 'unsupported',
        code: 'body.unsupported-type',
      });
    },
  );

  it.each(['', '{', 'email=a', `{"email":"${CANARY}"`, '\ufeff'])('refuses %j, which is no JSON', (body) => {
    expect(refusalOf(() => raw({ contentType: 'application/json', body }))).toMatchObject({
      kind: 'invalid',
      code: 'body.not-json',
    });
  });

  it.each([[null], [[]], ['text'], [1]])('refuses %j, which is no object', (body) => {
    expect(refusalOf(() => optOut(body))).toMatchObject({ code: 'body.invalid-type', field: '(body)' });
  });

  it('refuses an unknown field: a mistyped name must not become an opt-out of less', () => {
    expect(refusalOf(() => optOut({ email: 'a@example.org', scope: ['sms:marketing'] }))).toMatchObject({
      code: 'body.unrecognized-keys',
      message: 'The body has a field that is not known; nothing was done',
    });
  });

  it('names the field at fault and what is accepted', () => {
    const refusal = refusalOf(() => optOut({ email: 'a@example.org', scopes: ['email:marketing', 'fax:all'] }));
    expect(refusal).toMatchObject({ code: 'body.custom', field: 'scopes.1' });
    expect(refusal.message).toContain('A scope is written <channel>:<purpose>');
    expect(refusal.accepted).toContain('email, phone, scopes, site, locale');
  });

  it.each([
    ['both email and phone', { email: 'a@example.org', phone: '+49 30 123456' }],
    ['neither', {}],
  ])('refuses %s with the sentence of its own rule', (_, body) => {
    expect(refusalOf(() => optOut(body))).toMatchObject({
      code: 'body.custom',
      message: 'Give exactly one of email and phone',
    });
  });

  it.each([
    ['a wrong type', { email: 1 }, 'Not of the type string'],
    ['too few', { email: 'a@example.org', scopes: [] }, 'Less than the minimum of 1'],
    ['too long', { email: 'a'.repeat(1001) }, 'More than the maximum of 1000'],
  ])('says what is wrong with %s', (_, body, message) => {
    expect(refusalOf(() => optOut(body)).message).toBe(message);
  });

  it('bounds a check at 1 and 1,000 addresses', () => {
    const check = (count: number) =>
      readJson(
        checkBodySchema,
        readRequest(
          jsonEvent('POST /v1/checks', { scope: 'email:marketing', addresses: Array(count).fill('a@example.org') }),
        ),
      );
    expect(check(1).addresses).toHaveLength(1);
    expect(check(1000).addresses).toHaveLength(1000);
    expect(refusalOf(() => check(0))).toMatchObject({ field: 'addresses' });
    expect(refusalOf(() => check(1001))).toMatchObject({ field: 'addresses' });
  });

  it('lets no campaign or list carry a readable address into a link (EM-06)', () => {
    const link = (more: object) =>
      readJson(linkBodySchema, readRequest(jsonEvent('POST /v1/links', { email: 'a@example.org', ...more })));
    expect(link({ campaign: 'Spring_2027.a', list: 'weekly' })).toMatchObject({ campaign: 'Spring_2027.a' });
    expect(refusalOf(() => link({ campaign: CANARY }))).toMatchObject({ field: 'campaign' });
    expect(refusalOf(() => link({ list: CANARY }))).toMatchObject({ field: 'list' });
  });

  it('repeats nothing of what was sent, neither names nor values (EM-06)', () => {
    const bodies = [
      { [CANARY]: 1, email: 'a@example.org' },
      { email: [CANARY] },
      { email: 'a@example.org', scopes: [CANARY] },
      { email: 'a@example.org', scopes: { [CANARY]: 1 } },
      { email: 'a@example.org', site: CANARY.repeat(9) },
      CANARY,
    ];
    for (const body of bodies) {
      const { message, field, accepted, code } = refusalOf(() => optOut(body));
      expect(JSON.stringify({ message, field, accepted, code })).not.toContain('canary');
    }
  });
});
