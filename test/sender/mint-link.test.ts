import { describe, expect, it } from 'vitest';
import { tokenOfUrl } from '../../shared/domain/unsubscribe-link.ts';
import { mintLink } from '../../shared/sender/mint-link.ts';
import { listUnsubscribeHeaders, unsubscribeMailto } from '../../shared/sender/unsubscribe-headers.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { links, senderKeys } = testKeyRing();
const publicKeys = senderKeys();
const order = { publicKeys, publicUrl: TEST_PUBLIC_URL, email: 'Jane@Example.org' };
/** RFC 5322 §2.1.1. */
const MAX_LINE = 998;

describe('mintLink', () => {
  it('gives a link of Heed, with or without a slash behind the origin', async () => {
    for (const publicUrl of [TEST_PUBLIC_URL, `${TEST_PUBLIC_URL}/`]) {
      expect(await mintLink({ ...order, publicUrl })).toMatch(/^https:\/\/heed\.example\.org\/u\/[A-Za-z0-9_.-]+$/);
    }
  });

  it('shows no address, in no encoding, and never looks the same twice (EM-06)', async () => {
    const [url, again] = [await mintLink(order), await mintLink(order)];
    expect(url).not.toBe(again);
    const parts = tokenOfUrl(url).split('.');
    for (const text of [url, ...parts.map((part) => Buffer.from(part, 'base64url').toString('latin1'))]) {
      expect(text).not.toMatch(/jane|@example/i);
    }
  });

  it('mints with the first key of a set, which is the current one', async () => {
    const [jwk] = publicKeys.keys;
    if (jwk === undefined) throw new Error('There is no key');
    const stranger = { ...jwk, kid: 'k9' };
    expect(await opened(await mintLink({ ...order, publicKeys: { keys: [jwk, stranger] } }))).toBeDefined();
    expect(await opened(await mintLink({ ...order, publicKeys: { keys: [stranger, jwk] } }))).toBeUndefined();
  });

  it.each([
    ['an address that is none', { email: 'jane@' }, 'email.syntax'],
    ['a header in the address', { email: 'jane@example.org\r\nBcc: john@example.org' }, 'email.invisible-character'],
    ['a list that is none', { list: 'Weekly Offers' }, 'link.list'],
    ['an address as campaign', { campaign: 'jane@example.org' }, 'link.campaign'],
    ['a language that is none', { locale: 'de,en' }, 'link.locale'],
    ['no key', { publicKeys: { keys: [] } }, 'link.key'],
  ])('refuses %s, and repeats nothing of it', async (_, change, code) => {
    const refusal = await mintLink({ ...order, ...change }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'VisibleError', code });
    expect(String(refusal)).not.toMatch(/jane|weekly offers/i);
  });

  it.each([
    ['the longest address', 'a'.repeat(64)],
    ['the longest quoted one', `"${'\\"'.repeat(31)}"`],
    ['the longest one beyond ASCII', 'ö'.repeat(32)],
  ])('fits a URL, a header line and API Gateway’s limits, for %s (AG-01)', async (_, local) => {
    const email = `${local}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`;
    expect(Buffer.byteLength(email)).toBe(254);
    const url = await mintLink({ ...order, email, list: 'l'.repeat(64), campaign: 'c'.repeat(64), locale: 'de' });
    expect(await opened(url)).toMatchObject({ identifier: { canonical: email } });
    expect(url.length).toBeLessThan(MAX_LINE);
    const mailto = unsubscribeMailto({ address: 'optout@example.org', url });
    // What a mail library makes of it that folds at blanks only.
    const folded = `List-Unsubscribe: ${listUnsubscribeHeaders({ url, mailto })['List-Unsubscribe']}`.split(' ');
    for (const line of folded) expect(` ${line}`.length).toBeLessThanOrEqual(MAX_LINE);
  });
});

async function opened(url: string) {
  return await links.open('unsubscribe', tokenOfUrl(url));
}
