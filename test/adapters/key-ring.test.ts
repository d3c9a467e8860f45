import fc from 'fast-check';
import { CompactEncrypt, CompactSign, EncryptJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openKeyRing } from '../../shared/adapters/key-ring.ts';
import type { LinkClaims } from '../../shared/domain/ports/links.ts';
import { CHANNELS, PURPOSES, scopeName } from '../../shared/domain/scope.ts';
import type { Identifier, SubjectKey } from '../../shared/domain/subject.ts';
import { OTHER_SECRET, ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const { subjectKeys, links } = testKeyRing();
const jane: Identifier = { kind: 'email', canonical: 'jane@example.org' };
const unsubscribe: LinkClaims = {
  use: 'unsubscribe',
  identifier: jane,
  scope: scopeName({ channel: 'email', purpose: 'marketing' }),
};
const receipt: LinkClaims = { use: 'receipt', subjectKey: subjectKeys.current(jane), requestId: 'req_1' };

describe('the ring', () => {
  it.each([
    ['no text', ''],
    ['no JSON', 'k1=abc'],
    ['no current key', '{"k1":"abc"}'],
    ['a current key that it does not hold', '{"current":"k2","k1":"abc"}'],
    ['an empty key', '{"current":"k1","k1":""}'],
    ['a key that is no text', '{"current":"k1","k1":1}'],
  ])('refuses a secret with %s', (_, secret) => {
    expect(() => openKeyRing(secret)).toThrow();
  });
});

describe('subject keys', () => {
  // Computed with another implementation of HKDF (RFC 5869) and HMAC (RFC 2104).
  it('are stable: a change of these vectors loses every opt-out on record', () => {
    expect(subjectKeys.current(jane)).toBe('k1.UiDn618aWM11x_fuYvwqV0YmJJNZz5snslAPGiXFSd0');
    expect(subjectKeys.current({ kind: 'phone', canonical: '+12025550123' })).toBe(
      'k1.Qyp4QhlZk4Bl8mpDDozAmzBS3sNOCTJnuLbFU9LCpU4',
    );
  });

  it('differ between kinds of the same text', () => {
    const canonical = '+12025550123';
    expect(subjectKeys.current({ kind: 'email', canonical })).not.toBe(
      subjectKeys.current({ kind: 'phone', canonical }),
    );
  });

  it('differ between rings, though the key has the same id', () => {
    expect(testKeyRing(OTHER_SECRET).subjectKeys.current(jane)).not.toBe(subjectKeys.current(jane));
  });

  it('name their key and nothing of the address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (canonical) => {
        expect(subjectKeys.current({ kind: 'email', canonical })).toMatch(/^k1\.[A-Za-z0-9_-]{43}$/);
      }),
    );
  });

  it('are found under the old key after a rotation, and new things are written under the new one (GD-10)', () => {
    const rotated = testKeyRing(ROTATED_SECRET).subjectKeys;
    const [first, ...others] = rotated.all(jane);
    expect(first).toBe(rotated.current(jane));
    expect(first).toMatch(/^k2\./);
    expect(others).toEqual([subjectKeys.current(jane)]);
  });
});

const claims: fc.Arbitrary<LinkClaims> = fc.oneof(
  fc
    .record({
      canonical: fc.emailAddress(),
      channel: fc.constantFrom(...CHANNELS),
      purpose: fc.constantFrom(...PURPOSES),
      locale: fc.option(fc.constantFrom('en', 'de'), { nil: undefined }),
      campaign: fc.option(fc.string(), { nil: undefined }),
    })
    .map(({ canonical, channel, purpose, ...rest }): LinkClaims => {
      return {
        use: 'unsubscribe',
        identifier: { kind: 'email', canonical },
        scope: scopeName({ channel, purpose }),
        ...rest,
      };
    }),
  fc.record({ mac: fc.string(), id: fc.string() }).map(({ mac, id }): LinkClaims => {
    return { use: 'receipt', subjectKey: `k1.${mac}` as SubjectKey, requestId: `req_${id}` };
  }),
);

describe('sealed links (design §6)', () => {
  it('that unsubscribe an address open its preferences as well, and nothing of the scope', async () => {
    const { identifier, locale } = unsubscribe;
    expect(await links.open('preferences', await links.seal(unsubscribe))).toEqual(
      JSON.parse(JSON.stringify({ use: 'preferences', identifier, locale })),
    );
    const preferences = await links.seal({ use: 'preferences', identifier });
    expect(await links.open('preferences', preferences)).toEqual({ use: 'preferences', identifier });
    expect(await links.open('unsubscribe', preferences)).toBeUndefined();
  });

  it('open to what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (sealed) => {
        const opened = await links.open(sealed.use, await links.seal(sealed));
        expect(opened).toEqual(JSON.parse(JSON.stringify(sealed)));
      }),
    );
  });

  it('never look the same twice, so that nobody can tell whether two mails went to one person', async () => {
    expect(await links.seal(unsubscribe)).not.toBe(await links.seal(unsubscribe));
  });

  it('show no address, in no encoding (EM-06)', async () => {
    const token = await links.seal(unsubscribe);
    const readable = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const text of [token, ...readable]) {
      expect(text).not.toContain('jane');
      expect(text).not.toContain('example');
      expect(text).not.toContain(Buffer.from('jane@example.org').toString('base64url').slice(0, 12));
    }
  });

  it('fit a URL, a header line and API Gateway’s limits, for the longest address (AG-01)', async () => {
    const canonical = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`;
    const scope = scopeName({ channel: 'email', purpose: 'marketing', list: 'l'.repeat(64) });
    const identifier: Identifier = { kind: 'email', canonical };
    const token = await links.seal({ use: 'unsubscribe', identifier, scope, campaign: 'c'.repeat(64), locale: 'de' });
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(token.length).toBeLessThan(900);
  });

  it('do not open for another use', async () => {
    expect(await links.open('receipt', await links.seal(unsubscribe))).toBeUndefined();
    expect(await links.open('unsubscribe', await links.seal(receipt))).toBeUndefined();
  });

  it('do not open under another ring with the same key id', async () => {
    expect(await testKeyRing(OTHER_SECRET).links.open('unsubscribe', await links.seal(unsubscribe))).toBeUndefined();
  });

  it('open after a rotation, while new ones name the new key (CS-03)', async () => {
    const rotated = testKeyRing(ROTATED_SECRET).links;
    expect(await rotated.open('unsubscribe', await links.seal(unsubscribe))).toEqual(unsubscribe);
    expect(await links.open('unsubscribe', await rotated.seal(unsubscribe))).toBeUndefined();
  });
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a token that was touched', () => {
  it('is refused whichever character changed to whichever other one', async () => {
    const token = await links.seal(unsubscribe);
    expect(await links.open('unsubscribe', token)).toEqual(unsubscribe);
    const changed = [...token].flatMap((own, at) =>
      [...ALPHABET, '.', '+', '/', '=', ' ', '\n', '%', 'é']
        .filter((other) => other !== own)
        .map((other) => token.slice(0, at) + other + token.slice(at + 1)),
    );
    expect(await openedOf(changed)).toEqual([]);
  });

  it('is refused with any bit flipped', async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.nat(), fc.integer({ min: 0, max: 7 }), async (sealed, place, bit) => {
        const bytes = Buffer.from(await links.seal(sealed));
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(await links.open(sealed.use, bytes.toString('latin1'))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with a character more or less, anywhere', async () => {
    const token = await links.seal(unsubscribe);
    const places = [...token, ''].map((_, at) => at);
    const shorter = places.slice(0, -1).map((at) => token.slice(0, at) + token.slice(at + 1));
    const longer = places.flatMap((at) =>
      ['A', ' ', '=', '.', '\n'].map((more) => token.slice(0, at) + more + token.slice(at)),
    );
    expect(await openedOf([...shorter, ...longer])).toEqual([]);
  });

  it('is refused when its parts come from two tokens', async () => {
    const [one, other] = [(await links.seal(unsubscribe)).split('.'), (await links.seal(unsubscribe)).split('.')];
    const mixed = [2, 3, 4].map((swapped) =>
      one.map((part, index) => (index === swapped ? other[index] : part)).join('.'),
    );
    expect(await openedOf(mixed)).toEqual([]);
  });
});

describe('a token that was made up', () => {
  const text = new TextEncoder().encode(JSON.stringify(unsubscribe));
  // The worst case: whoever forges knows a key of ours, but not as this ring uses it.
  const key = new Uint8Array(32).fill(1);

  it('is refused without encryption or with a signature only', async () => {
    const unsecured = new UnsecuredJWT({ ...unsubscribe }).encode();
    const signed = await new CompactSign(text).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(key);
    expect(await openedOf([unsecured, signed])).toEqual([]);
  });

  it.each([
    ['dir', 'A128GCM', 16],
    ['dir', 'A256GCM', 32],
    ['dir', 'A256CBC-HS512', 64],
    ['A256KW', 'A256GCM', 32],
    ['A256GCMKW', 'A256GCM', 32],
    ['PBES2-HS256+A128KW', 'A256GCM', 32],
  ])('is refused with alg %s and enc %s under a key that is not the ring’s', async (alg, enc, bytes) => {
    const header = { alg, enc, kid: 'k1' };
    const forged = await new CompactEncrypt(text).setProtectedHeader(header).encrypt(new Uint8Array(bytes).fill(1));
    expect(await openedOf([forged])).toEqual([]);
  });

  it.each([
    ['alg none', { alg: 'none', enc: 'A256GCM', kid: 'k1' }],
    ['a smaller cipher', { alg: 'dir', enc: 'A128GCM', kid: 'k1' }],
    ['another key id', { alg: 'dir', enc: 'A256GCM', kid: 'k2' }],
    ['no key id', { alg: 'dir', enc: 'A256GCM' }],
    ['a key id of JavaScript', { alg: 'dir', enc: 'A256GCM', kid: 'constructor' }],
    ['an unknown critical extension', { alg: 'dir', enc: 'A256GCM', kid: 'k1', crit: ['exp'], exp: 1 }],
  ])('is refused when the header of a real one is swapped for %s', async (_, header) => {
    const [, ...rest] = (await links.seal(unsubscribe)).split('.');
    const swapped = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(await openedOf([swapped])).toEqual([]);
  });

  it('is refused as a JWT of the right shape', async () => {
    const jwt = await new EncryptJWT({ ...unsubscribe })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'k1' })
      .encrypt(key);
    expect(await openedOf([jwt])).toEqual([]);
  });

  it('is refused whatever it is (RF-06)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...ALPHABET, '.') })), async (made) => {
        expect(await openedOf([made])).toEqual([]);
      }),
    );
  });
});

/** Those of the tokens that opened. All tests above forge what would unsubscribe somebody. */
async function openedOf(tokens: readonly string[]): Promise<string[]> {
  const opened: string[] = [];
  for (const token of tokens) {
    if ((await links.open('unsubscribe', token)) !== undefined) opened.push(token);
  }
  return opened;
}
