import { describe, expect, test } from 'vitest';
import { newAddress, newLocalPart } from './addresses.ts';
import { json } from './http.ts';
import { schemaOf } from './openapi-document.ts';
import { check, isSuppressed, optOut, post } from './world.ts';

describe('an accepted opt-out', () => {
  test('is answered in exactly the published shape', async () => {
    const { status, headers, body } = await post('/v1/opt-outs', json({ email: newAddress(), locale: 'de-AT' }));
    expect(status).toBe(201);
    expect(headers['content-type']).toBe('application/json');
    const answer = JSON.parse(body);
    expect(answer).toEqual({
      requestId: expect.stringMatching(/^req_[0-9A-Z]{26}$/),
      status: 'opted_out',
      effective: true,
      scopes: ['any:marketing', 'any:sale-share'],
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      receiptUrl: expect.stringMatching(/\/r\/[\w.-]+$/),
    });
    expect((await schemaOf('OptOutAnswer')).safeParse(answer).error).toBeUndefined();
  });

  test.each(['any:marketing', 'email:marketing', 'sms:marketing:weekly-offers', 'any:sale-share', 'email:profiling'])(
    'decides about %s',
    async (scope) => {
      const email = newAddress();
      await optOut({ email });
      expect(await isSuppressed(email, scope)).toBe(true);
    },
  );

  test('of one list leaves the other lists', async () => {
    const email = newAddress();
    expect((await optOut({ email, scopes: ['email:marketing:weekly-offers'] })).scopes).toEqual([
      'email:marketing:weekly-offers',
    ]);
    expect(await isSuppressed(email, 'email:marketing:weekly-offers')).toBe(true);
    expect(await isSuppressed(email, 'email:marketing:daily')).toBe(false);
  });

  // EM-10: who asks learns nothing about who is known.
  test('is answered alike for known, unknown and repeated addresses', async () => {
    const [known, unknown] = [newAddress(), newAddress()];
    await optOut({ email: known });
    const answers = [];
    for (const email of [unknown, known, known]) answers.push(await post('/v1/opt-outs', json({ email })));
    const [first, ...others] = answers.map(({ status, headers, body }) => {
      const { date, 'x-amzn-requestid': _, 'apigw-requestid': __, ...stable } = headers;
      return { status, headers: stable, length: body.length, body: withoutIds(body) };
    });
    for (const other of others) expect(other).toEqual(first);
  });
});

function withoutIds(body: string): string {
  const { requestId, receivedAt, receiptUrl, ...rest } = JSON.parse(body);
  return JSON.stringify({ ...rest, ids: [requestId, receivedAt, receiptUrl].map((value) => String(value).length) });
}

describe('a body that is refused', () => {
  const email = 'canary-refused@example.com';
  test.each([
    ['an unknown field', { email, emial: 'x' }, { code: 'body.unrecognized-keys' }],
    ['no address', {}, { field: 'email' }],
    ['two addresses', { email, phone: '+12025550147' }, { field: 'email' }],
    ['no e-mail address', { email: 'canary' }, { code: 'email.syntax', field: 'email' }],
    ['two dots', { email: 'canary..x@example.com' }, { code: 'email.syntax', field: 'email' }],
    ['no domain', { email: 'canary@exa mple.com' }, { code: 'email.domain', field: 'email' }],
    ['a line break', { email: 'canary@example.com\r\nBcc: x@example.com' }, { code: 'email.invisible-character' }],
    ['65 bytes before the @', { email: `${'c'.repeat(65)}@example.com` }, { code: 'email.too-long', field: 'email' }],
    ['an impossible number', { phone: '+1 202' }, { code: 'phone.impossible', field: 'phone' }],
    ['no country code', { phone: '202 555 0147' }, { code: 'phone.country-code-missing', field: 'phone' }],
    ['an unknown scope', { email, scopes: ['email:everything'] }, { field: 'scopes.0' }],
    ['no scope', { email, scopes: [] }, { field: 'scopes' }],
    ['an unknown list', { email, scopes: ['email:marketing:nowhere'] }, { code: 'list.unknown', field: 'scopes' }],
    ['an unknown site', { email, site: 'nowhere' }, { code: 'site.unknown', field: 'site' }],
  ])('has %s and is told so', async (_, body, problem) => {
    const { status, headers, body: text } = await post('/v1/opt-outs', json(body));
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    const told = JSON.parse(text);
    expect(told).toMatchObject({ status: 400, ...problem });
    expect(told).toMatchObject({ code: expect.any(String), detail: expect.any(String), accepted: expect.any(String) });
    expect((await schemaOf('Problem')).safeParse(told).error).toBeUndefined();
    // EM-06: an error repeats nothing that was sent.
    expect(text).not.toContain('canary');
  });

  test('is refused without effect', async () => {
    const address = newAddress();
    expect((await post('/v1/opt-outs', json({ email: address, extra: 1 }))).status).toBe(400);
    expect(await isSuppressed(address)).toBe(false);
  });

  test('is not JSON', async () => {
    const bodies = [
      { headers: { 'content-type': 'application/json' }, body: '{' },
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
    ];
    const answers = await Promise.all(bodies.map((body) => post('/v1/opt-outs', body)));
    expect(answers.map(({ status }) => status)).toEqual([400, 415]);
  });
});

// NO-01: none of these spellings may escape an opt-out.
describe('an opt-out holds for every spelling', () => {
  const name = newLocalPart();
  test.each([
    ['case', `${name}a@example.com`, [`${name.toUpperCase()}A@EXAMPLE.COM`, ` ${name}A@Example.Com `]],
    ['plus tag', `${name}+shop@example.com`, [`${name}+SHOP@example.com`]],
    ['needless quotes', `"${name}q"@example.com`, [`${name}q@example.com`]],
    ['quoted', `"${name} b"@example.com`, [`"${name.toUpperCase()} B"@example.com`, `"${name}\\ b"@example.com`]],
    [
      'IDN',
      `${name}@bücher.example`,
      [`${name}@xn--bcher-kva.example`, `${name}@BÜCHER.example`, `${name}@bu\u0308cher.example`],
    ],
    ['UTF-8', `${name}-josé@example.com`, [`${name}-jose\u0301@example.com`, `${name}-JOSÉ@example.com`]],
    ['final dot', `${name}d@example.com`, [`${name}d@example.com.`]],
  ])('%s', async (_, email, variants) => {
    await optOut({ email });
    expect((await check([email, ...variants])).map(({ suppressed }) => suppressed)).toEqual(
      [email, ...variants].map(() => true),
    );
  });

  test('but not for another mailbox', async () => {
    const local = newLocalPart();
    await optOut({ email: `${local}@example.com` });
    const others = [`${local}+tag@example.com`, `${local}@example.net`, `${local.replace('-', '.')}@example.com`];
    expect((await check(others)).map(({ suppressed }) => suppressed)).toEqual([false, false, false]);
  });
});
