import { describe, expect, it } from 'vitest';
import { mintLink, mintLinks } from '../../functions/mint-link/mint-link.ts';
import { identify } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL, testSettings } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { links } = testKeyRing();
const ports = { links, publicUrl: TEST_PUBLIC_URL, settings: testSettings };
const mint = mintLink(ports);
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

  it('offers the mail address, too, where the stage has one: behind the link (RF-07, RF-08)', async () => {
    const settings = { ...testSettings, inboundMail: { address: 'optout@heed.example.org' } };
    const { url, headers } = await mintLink({ ...ports, settings })({ identifier });
    const mailto = `mailto:optout@heed.example.org?subject=unsubscribe%20${tokenOf(url)}`;
    expect(headers['List-Unsubscribe']).toBe(`<${url}>, <${mailto}>`);
  });

  it("ends the mail with the link and the controller's address, in the reader's language (CS-05, CS-06)", async () => {
    const { url, footer } = await mint({ identifier, locale: 'de-AT' });
    for (const part of [footer.text, footer.html]) {
      expect(part).toContain(url);
      expect(part).toContain('Diese Nachrichten abbestellen');
      for (const line of testSettings.controller.postalAddress) expect(part).toContain(line);
    }
  });
});

describe('mintLinks', () => {
  it('makes one link per address in their order, and names what is wrong with one in its place', async () => {
    const { links: made } = await mintLinks(ports)(['Jane@example.org', 'nobody', 'john@example.org'], {
      list: 'weekly',
    });
    const opened = made.map((one) => ('url' in one ? links.open('unsubscribe', tokenOf(one.url)) : one));
    const scope = 'email:marketing:weekly';
    expect(await Promise.all(opened)).toEqual([
      { use: 'unsubscribe', identifier, scope },
      { problem: 'email.syntax' },
      { use: 'unsubscribe', identifier: identify('john@example.org'), scope },
    ]);
  });

  it('stays below what Lambda may answer, for a thousand of the longest addresses (AG-01)', async () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`;
    const settings = { ...testSettings, inboundMail: { address: `${'o'.repeat(64)}@heed.example.org` } };
    const facts = { list: 'l'.repeat(64), campaign: 'c'.repeat(64), locale: 'de' };
    const answer = await mintLinks({ ...ports, settings })(Array(1000).fill(email), facts);
    expect(JSON.stringify(answer).length).toBeLessThan(6_000_000);
  });
});
