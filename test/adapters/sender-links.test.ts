import fc from 'fast-check';
import { CompactEncrypt, importJWK } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openKeyRing } from '../../shared/adapters/key-ring.ts';
import { scopeName } from '../../shared/domain/scope.ts';
import { tokenOfUrl, unsubscribeClaims } from '../../shared/domain/unsubscribe-link.ts';
import { mintLink } from '../../shared/sender/mint-link.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { OTHER_SECRET, ROTATED_SECRET, TEST_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const LISTS = ['weekly'];
const ring = openKeyRing(TEST_SECRET, LISTS);
const { links } = ring;
const [key] = ring.senderKeys().keys;
if (key === undefined) throw new Error('The ring has no public key');

/** Minted once, and mailed to somebody who keeps mails. */
const VECTOR =
  'https://heed.example.org/u/eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImtpZCI6ImsxIiwiZXBrIjp7IngiOiJIR0RMT1RhQTVqcTdQWTdiNkpDdGxPUjlBaGRwUC0zMERjNWNDenVNanlRIiwiY3J2IjoiUC0yNTYiLCJrdHkiOiJFQyIsInkiOiJmMFRnV05INFExSVJOOFBHRWpsY1BBN3ZNdlN4bThSR05fWDFEOTdPeU44In19..xAHALd8_LVJ-t0L0.pyaRbo7ZwajXnus396M2voxstL5uotksOW6rbFs7O1r_-245wQSqAK_mfNnetpDOKPGfFl6mHzi19Rw5Ig_Qfm0rDHbKL5j1h9UE9CcK.D-wr8qqLRRNMBw-7vMeo9Q';

const mint = async (facts: { email: string; list?: string; campaign?: string; locale?: string }, jwk = key) =>
  tokenOfUrl(await mintLink({ jwk, publicUrl: TEST_PUBLIC_URL, ...facts }));

/** Seals whatever a stranger likes with the public key. */
async function sealRaw(sealed: unknown, header: Record<string, unknown> = {}): Promise<string> {
  const text = new TextEncoder().encode(typeof sealed === 'string' ? sealed : JSON.stringify(sealed));
  const protectedHeader = { alg: 'ECDH-ES', enc: 'A256GCM', kid: 'k1', ...header };
  return await new CompactEncrypt(text)
    .setProtectedHeader(protectedHeader)
    .encrypt(await importJWK({ ...key }, 'ECDH-ES'));
}

const open = (token: string) => links.open('unsubscribe', token);

afterEach(() => {
  vi.useRealTimers();
});

it('a link that anybody can mint for any address shows nobody what that address chose (EM-10)', async () => {
  const token = await mint({ email: 'jane@example.org' });
  expect(await open(token)).toBeDefined();
  expect(await links.open('preferences', token)).toBeUndefined();
  const claimed = await sealRaw({ use: 'preferences', identifier: identify('jane@example.org') });
  expect(await links.open('preferences', claimed)).toBeUndefined();
});

describe('the public keys', () => {
  // Computed with another implementation of HKDF (RFC 5869) and of P-256 (SEC 2).
  it('are stable: a change of these vectors breaks every link that was minted offline', () => {
    expect(openKeyRing(ROTATED_SECRET).senderKeys()).toEqual({
      keys: [
        publicKey('k2', 'fuaFBGUCgKU_W2ADf_TM4bRbbmGw4Ti-RlwVY4U6k6Q', 'H5PtgmTcjD1zs3ZSyESSn_W99NPrTwsDuJrZz7R2nl8'),
        publicKey('k1', 'qlaEkl7L13cKGGetdO5WoZ5CpVUXs_Lz495ke0ic36A', 'yLrS3Qs7ZTRxpy2AaUBysbfXvMIEZJ1lARPG9jkPPpc'),
      ],
    });
  });

  it('hold nothing private', () => {
    expect(new Set(Object.keys(key))).toEqual(new Set(['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use']));
  });

  it('leave out material that somebody may have typed, whose links still open', async () => {
    const typed = openKeyRing('{"current":"k1","k1":"correct horse battery"}');
    expect(typed.senderKeys()).toEqual({ keys: [] });
    const claims = unsubscribeClaims({ identifier: identify('jane@example.org') });
    expect(await typed.links.open('unsubscribe', await typed.links.seal(claims))).toEqual(claims);
    expect(await typed.links.open('unsubscribe', await mint({ email: 'jane@example.org' }))).toBeUndefined();
  });
});

describe('a link that was minted offline', () => {
  it('opens for ever (CS-03)', async () => {
    const claims = {
      use: 'unsubscribe',
      identifier: { kind: 'email', canonical: 'jane@example.org' },
      scope: 'email:marketing:weekly',
      campaign: 'spring',
      locale: 'de',
    };
    for (const days of [0, 61, 365 * 30]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23) + days * 86_400_000 });
      expect(await open(tokenOfUrl(VECTOR))).toEqual(claims);
      expect(await openKeyRing(ROTATED_SECRET, LISTS).links.open('unsubscribe', tokenOfUrl(VECTOR))).toEqual(claims);
    }
  });

  it('says the same as one that Heed minted', async () => {
    const facts = fc.record(
      {
        list: fc.constantFrom(...LISTS),
        campaign: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
        locale: fc.constantFrom('en', 'de-AT'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.emailAddress(), facts, async (email, rest) => {
        const own = await links.seal(unsubscribeClaims({ identifier: identify(email), ...rest }));
        expect(await open(await mint({ email, ...rest }))).toEqual(await open(own));
      }),
    );
  });

  it('comes from a newer key than one that does not hold it yet, and not from a ring of somebody else', async () => {
    const [newer] = openKeyRing(ROTATED_SECRET).senderKeys().keys;
    const token = await mint({ email: 'jane@example.org' }, newer);
    expect(await openKeyRing(ROTATED_SECRET).links.open('unsubscribe', token)).toBeDefined();
    expect(await open(token)).toBeUndefined();
    expect(await testKeyRing(OTHER_SECRET).links.open('unsubscribe', tokenOfUrl(VECTOR))).toBeUndefined();
  });

  it('stops all marketing when its list is not of this stage: unbounded names would pile up under a stranger', async () => {
    const token = await mint({ email: 'jane@example.org', list: 'unheard-of' });
    expect(await open(token)).toMatchObject({ scope: 'email:marketing' });
    expect(await testKeyRing().links.open('unsubscribe', tokenOfUrl(VECTOR))).toMatchObject({
      scope: 'email:marketing',
    });
  });

  it('is about the canonical address, however its minter wrote it (NO-01)', async () => {
    expect(await open(await sealRaw({ email: ' Jane@EXAMPLE.org' }))).toMatchObject({
      identifier: { kind: 'email', canonical: 'jane@example.org' },
    });
  });

  it('never fails for its list, campaign or language', async () => {
    const token = await sealRaw({ email: 'jane@example.org', list: 7, campaign: 'a@b', locale: 'x'.repeat(99) });
    expect(await open(token)).toEqual(await open(await mint({ email: 'jane@example.org' })));
  });
});

describe('whoever has the public key', () => {
  const own = unsubscribeClaims({ identifier: identify('jane@example.org') });

  it.each<[string, unknown]>([
    ['a receipt', { use: 'receipt', subjectKey: ring.subjectKeys.current(own.identifier), requestId: 'req_1' }],
    ['preferences', { use: 'preferences', identifier: own.identifier }],
    ['the claims that Heed seals itself', own],
    ['any other scope', { email: 'jane@example.org', scope: scopeName({ channel: 'any', purpose: 'any' }) }],
    ['another use beside an address', { email: 'jane@example.org', use: 'receipt' }],
    ['no address', {}],
    ['a phone number', { email: '+442079460018' }],
    ['two addresses', { email: ['jane@example.org', 'john@example.org'] }],
    ['what is no JSON', 'jane@example.org'],
    ['nothing', ''],
  ])('cannot make a link of %s', async (_, sealed) => {
    const token = await sealRaw(sealed);
    for (const use of ['unsubscribe', 'receipt'] as const) expect(await links.open(use, token)).toBeUndefined();
  });

  it.each([
    ['another key id', { kid: 'k2' }],
    ['a key id of JavaScript', { kid: 'constructor' }],
    ['no key id', { kid: undefined }],
    ['compression, which could unpack to anything', { zip: 'DEF' }],
    ['a smaller cipher', { enc: 'A128GCM' }],
    ['a wrapped key', { alg: 'ECDH-ES+A256KW' }],
  ])('cannot use %s', async (_, header) => {
    expect(await open(await sealRaw({ email: 'jane@example.org' }, header))).toBeUndefined();
  });

  it('cannot pass the public key off as the secret one', async () => {
    const secret = Buffer.from(key.x, 'base64url');
    const text = new TextEncoder().encode(JSON.stringify(own));
    const header = { alg: 'dir', enc: 'A256GCM', kid: 'k1' };
    expect(await open(await new CompactEncrypt(text).setProtectedHeader(header).encrypt(secret))).toBeUndefined();
  });
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a touched token that was minted offline', () => {
  const vector = tokenOfUrl(VECTOR);

  it('is refused whichever bit flipped', async () => {
    const flips = Array.from({ length: vector.length * 8 }, (_, bit) => {
      const bytes = Buffer.from(vector);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes.toString('latin1');
    });
    for (const flipped of flips) expect(await open(flipped)).toBeUndefined();
  });

  it('is refused with a character changed, more or less, anywhere', async () => {
    const place = fc.nat({ max: vector.length - 1 });
    const other = fc.constantFrom(...ALPHABET, '.', '=', ' ', '');
    await fc.assert(
      fc.asyncProperty(place, other, fc.boolean(), async (at, character, isInserted) => {
        const touched = vector.slice(0, at) + character + vector.slice(isInserted ? at : at + 1);
        fc.pre(touched !== vector);
        expect(await open(touched)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when its parts come from two tokens', async () => {
    const [one, two] = [vector.split('.'), (await mint({ email: 'john@example.org' })).split('.')];
    for (const swapped of [0, 2, 3, 4]) {
      expect(await open(one.map((part, index) => (index === swapped ? two[index] : part)).join('.'))).toBeUndefined();
    }
  });

  it('is refused when everything behind its header is made up', async () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom(...ALPHABET) }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(parts, async (rest) => {
        expect(await open([vector.split('.')[0], ...rest].join('.'))).toBeUndefined();
      }),
    );
  });
});

function publicKey(kid: string, x: string, y: string) {
  return { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ECDH-ES', use: 'enc' };
}
