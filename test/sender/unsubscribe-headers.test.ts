import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { lintMessage } from '../../shared/sender/lint-message.ts';
import { listUnsubscribeHeaders, unsubscribeMailto } from '../../shared/sender/unsubscribe-headers.ts';

const url = `https://heed.example.org/u/${'a'.repeat(300)}.${'b'.repeat(300)}`;
const mailto = unsubscribeMailto({ address: 'optout@heed.example.org', url });

describe('listUnsubscribeHeaders', () => {
  it('has the exact values, link first (RF-01, RF-07)', () => {
    expect(listUnsubscribeHeaders({ url: 'https://heed.example.org/u/x' })).toEqual({
      'List-Unsubscribe': '<https://heed.example.org/u/x>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    const both = { url: 'https://heed.example.org/u/x', mailto: 'mailto:optout@example.org?subject=unsubscribe%20x' };
    expect(listUnsubscribeHeaders(both)['List-Unsubscribe']).toBe(
      '<https://heed.example.org/u/x>, <mailto:optout@example.org?subject=unsubscribe%20x>',
    );
  });

  it.each([
    ['http', { url: 'http://heed.example.org/u/x' }],
    ['a script', { url: 'javascript:alert(1)' }],
    ['no URL', { url: 'heed.example.org/u/x' }],
    ['a line break', { url: 'https://heed.example.org/u/x\r\nBcc: jane@example.org' }],
    ['a bracket', { url: 'https://heed.example.org/u/x>, <https://evil.example' }],
    ['a comma', { url: 'https://heed.example.org/u/x,y' }],
    ['a letter outside ASCII', { url: 'https://heed.example.org/u/ü' }],
    ['an address instead of mailto:', { url, mailto: 'optout@example.org' }],
    ['a line break in mailto:', { url, mailto: 'mailto:optout@example.org\r\nBcc: jane@example.org' }],
  ])('refuses %s', (_, parts) => {
    expect(() => listUnsubscribeHeaders(parts)).toThrow(TypeError);
  });

  it('takes http on this machine, for tests of senders', () => {
    const local = 'http://localhost:8080/u/x';
    expect(listUnsubscribeHeaders({ url: local })['List-Unsubscribe']).toBe(`<${local}>`);
  });

  it('survives the folding of a mail library (RF-07)', async () => {
    const headers = listUnsubscribeHeaders({ url, mailto });
    const transport = createTransport({ streamTransport: true, buffer: true });
    const { message } = await transport.sendMail({
      from: 'news@example.org',
      to: 'jane@example.org',
      text: url,
      headers,
    });
    const raw = message as Buffer;
    const parsed = await PostalMime.parse(raw);
    const values = parsed.headers.filter(({ key }) => key.startsWith('list-')).map(({ value }) => value);
    expect(values).toEqual(Object.values(headers));
    const codes = (await lintMessage(raw, { isUnsigned: true })).map(({ code }) => code);
    expect(codes).toEqual(['postal-address-unseen']);
  });
});

describe('unsubscribeMailto', () => {
  it('carries the token in the subject (RFC 6068)', () => {
    const short = unsubscribeMailto({
      address: 'optout@heed.example.org',
      url: 'https://heed.example.org/u/ey.a-b_c..d',
    });
    expect(short).toBe('mailto:optout@heed.example.org?subject=unsubscribe%20ey.a-b_c..d');
    expect(new URL(mailto).searchParams.get('subject')).toBe(`unsubscribe ${url.split('/u/')[1]}`);
  });

  it.each(['opt+out@example.org', 'a&b=c?d%e#f/g@example.org', "o'ptout@example.org"])(
    'keeps the address %s',
    (address) => {
      const made = unsubscribeMailto({ address, url });
      expect(decodeURIComponent(new URL(made).pathname)).toBe(address);
      expect([...new URL(made).searchParams.keys()]).toEqual(['subject']);
      expect(() => listUnsubscribeHeaders({ url, mailto: made })).not.toThrow();
    },
  );
});
