import { describe, expect, it } from 'vitest';
import { mintLink } from '../../functions/mint-link/mint-link.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { links } = testKeyRing();
const mint = mintLink({ links, publicUrl: TEST_PUBLIC_URL });
const identifier = identify('jane@example.org');
const tokenOf = (url: string) => url.slice(`${TEST_PUBLIC_URL}/u/`.length);

describe('mintLink', () => {
  it('gives the exact two header values (RF-01, RF-07)', async () => {
    const { url, headers } = await mint({ identifier });
    expect(headers).toEqual({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(url).toMatch(/^https:\/\/heed\.example\.org\/u\/[A-Za-z0-9_.-]+$/);
  });

  it('seals who and what; without a list it is about e-mail marketing', async () => {
    const { url } = await mint({ identifier, locale: 'de', campaign: 'spring' });
    expect(await links.open('unsubscribe', tokenOf(url))).toEqual({
      use: 'unsubscribe',
      identifier,
      scope: 'email:marketing',
      locale: 'de',
      campaign: 'spring',
    });
  });

  it('is about one list when one is named', async () => {
    const { url } = await mint({ identifier, list: 'weekly-offers' });
    expect(await links.open('unsubscribe', tokenOf(url))).toMatchObject({ scope: 'email:marketing:weekly-offers' });
  });

  it('shows no address in the link (EM-06)', async () => {
    const { url } = await mint({ identifier });
    expect(decodeURIComponent(url)).not.toMatch(/jane|@/);
  });
});
