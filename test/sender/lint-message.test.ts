import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LintOptions, lintMessage } from '../../shared/sender/lint-message.ts';
import { TEST_PUBLIC_URL, testSettings } from '../support/settings.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const read = (name: string) => readFileSync(join(FIXTURES, 'marketing-mail', name));
const good = read('good.eml').toString('utf8');
const textOnly = read('good-text-only.eml').toString('utf8');
const { name, postalAddress: lines } = testSettings.controller;
const KNOWN = { postalAddress: [name, ...lines], publicUrl: TEST_PUBLIC_URL };

async function codesOf(mime: string | Uint8Array, options?: LintOptions): Promise<string[]> {
  const findings = await lintMessage(mime, options);
  return findings.map(({ code }) => code);
}

/** The good mail with one thing changed, as every mail that fails by one thing. */
function changed(search: string | RegExp, replacement: string, mail = good): string {
  const made = mail.replace(search, replacement);
  if (made === mail) throw new Error(`The mail holds no ${search}`);
  return made;
}

describe('lintMessage', () => {
  it.each(['good.eml', 'good-text-only.eml'])('finds nothing in %s, given as bytes or as text', async (file) => {
    const mail = read(file);
    expect(await lintMessage(mail, KNOWN)).toEqual([]);
    expect(await lintMessage(mail.toString('utf8'), KNOWN)).toEqual([]);
    expect(await lintMessage(new Uint8Array(mail))).toEqual([]);
    expect(await lintMessage(mail.toString('utf8').replaceAll('\r\n', '\n'), KNOWN)).toEqual([]);
  });

  it('finds all that a bare newsletter lacks (PE-01, RF-01, CS-06)', async () => {
    const links = ['text-link-missing', 'html-link-missing'];
    const headers = ['list-unsubscribe-missing', 'one-click-missing', 'dkim-missing'];
    expect(await codesOf(read('bare.eml'), KNOWN)).toEqual([...headers, ...links, 'postal-address-missing']);
    expect(await codesOf(read('bare.eml'))).toEqual([...headers, ...links, 'postal-address-unseen']);
  });

  it('finds what a tracking mailer spoils', async () => {
    expect(await codesOf(read('tracked.eml'), KNOWN)).toEqual([
      'list-unsubscribe-folded',
      'https-not-first',
      'one-click-value',
      'auto-submitted',
      'dkim-unaligned',
      'link-redirected',
      'link-hidden',
      'postal-address-missing',
    ]);
  });

  it('tells each finding by code, severity, words and rule', async () => {
    const [finding] = await lintMessage(changed(/List-Unsubscribe-Post: .*\r\n/, ''), { isUnsigned: true });
    expect(finding).toEqual({
      code: 'one-click-missing',
      severity: 'error',
      what: 'The header List-Unsubscribe-Post is missing',
      rule: 'RFC 8058 §3.1',
    });
  });
});

const HEADER = /List-Unsubscribe: [\s\S]*?>\r\n(?=List)/;
const listUnsubscribe = (value: string) => changed(HEADER, `List-Unsubscribe: ${value}\r\n`);
const url = /<(https:[^>]+)>/.exec(good)?.[1] ?? '';

describe('the headers', () => {
  it.each<[string, string, string]>([
    ['no List-Unsubscribe', changed(HEADER, ''), 'list-unsubscribe-missing'],
    [
      'two of it',
      changed(HEADER, `List-Unsubscribe: <${url}>\r\nlist-unsubscribe: <${url}>\r\n`),
      'list-unsubscribe-repeated',
    ],
    ['a URL without brackets', listUnsubscribe(`<${url}>, mailto:a@example.org`), 'list-unsubscribe-syntax'],
    ['words beside the URL', listUnsubscribe(`<${url}> (press here)`), 'list-unsubscribe-syntax'],
    ['a URL that is folded', listUnsubscribe(`<${url.slice(0, 60)}\r\n ${url.slice(60)}>`), 'list-unsubscribe-folded'],
    ['a URL that is encoded', listUnsubscribe(`<${url}>, =?utf-8?Q?=3Cmailto:a=40b=3E?=`), 'list-unsubscribe-folded'],
    ['mailto: only', listUnsubscribe('<mailto:optout@example.org>'), 'https-missing'],
    ['http only', listUnsubscribe(`<${url.replace('https', 'http')}>`), 'https-missing'],
    ['two https URLs', listUnsubscribe(`<${url}>, <https://example.org/u/x>`), 'https-repeated'],
    ['mailto: first', listUnsubscribe(`<mailto:optout@example.org>, <${url}>`), 'https-not-first'],
    ['no List-Unsubscribe-Post', changed(/List-Unsubscribe-Post: .*\r\n/, ''), 'one-click-missing'],
    ['two of it', changed(/(List-Unsubscribe-Post: .*\r\n)/, '$1$1'), 'one-click-repeated'],
    ['another value of it', changed('=One-Click', '=One-Click; x'), 'one-click-value'],
    ['no From', changed(/From: .*\r\n/, ''), 'from-missing'],
    ['a From that is no address', changed(/From: .*\r\n/, 'From: Example Shop\r\n'), 'from-missing'],
    ['Auto-Submitted', changed(/^Subject:/m, 'Auto-Submitted: auto-generated\r\nSubject:'), 'auto-submitted'],
    ['a line that servers cut', changed(/^Subject: /m, `Subject: ${'x'.repeat(990)}`), 'line-too-long'],
  ])('with %s', async (_, mail, code) => {
    expect(await codesOf(mail, KNOWN)).toEqual([code]);
  });

  it('may say that nothing was submitted automatically (RFC 3834)', async () => {
    expect(await codesOf(changed(/^Subject:/m, 'Auto-Submitted: no\r\nSubject:'), KNOWN)).toEqual([]);
  });

  // RFC 8058 §8.1 and §8.3, the latter with its mailto: in front.
  it.each([
    ['<https://example.com/unsubscribe/opaquepart>', []],
    [
      '\r\n    <mailto:listrequest@example.com?subject=unsubscribe>,\r\n    <https://example.com/unsubscribe.html/opaque123456789>',
      ['https-not-first'],
    ],
  ])("may be as RFC 8058's own example %#", async (value, codes) => {
    const [example = ''] = /https:[^>]+/.exec(value) ?? [];
    expect(await codesOf(listUnsubscribe(value).replaceAll(url, example))).toEqual(codes);
  });
});

const NEWER = 'List-Unsubscribe:\r\n List-Unsubscribe-Post';
const domain = (name: string) => changed('d=shop.example.org', `d=${name}`);

describe('the signature', () => {
  it.each<[string, string, string[]]>([
    ['missing', changed(/DKIM-Signature: [\s\S]*?(?=From: )/, ''), ['dkim-missing']],
    ['over neither header', changed(`:${NEWER}`, ''), ['dkim-uncovered']],
    ['over one of both', changed(NEWER, 'List-Unsubscribe'), ['dkim-uncovered']],
    ['over the other one', changed(NEWER, 'List-Unsubscribe-Post'), ['dkim-uncovered']],
    ['of a stranger', domain('mailer.example.net'), ['dkim-unaligned']],
    ['of a domain whose name only ends alike', domain('xshop.example.com'), ['dkim-unaligned']],
    ['of a top level domain', domain('org'), ['dkim-unaligned']],
    ['of nobody', changed('d=shop.example.org;', ''), ['dkim-unaligned']],
    ['of a sister domain', domain('mail.example.org'), ['dkim-alignment-unsure']],
    ['of the domain above', domain('Example.ORG'), []],
    ['of a domain below', domain('eu.shop.example.org'), []],
  ])('%s', async (_, mail, codes) => {
    expect(await codesOf(mail, KNOWN)).toEqual(codes);
  });

  it('of one suffices among several, and none may be there when the mail is signed later', async () => {
    expect(textOnly.match(/DKIM-Signature/g)).toHaveLength(2);
    expect(await codesOf(textOnly, KNOWN)).toEqual([]);
    const unsigned = changed(/DKIM-Signature: [\s\S]*?(?=From: )/, '');
    expect(await codesOf(unsigned, { ...KNOWN, isUnsigned: true })).toEqual([]);
  });
});

describe('the body', () => {
  const anchor = `<a href="${url}" style="color:inherit;text-decoration:underline">Unsubscribe from these messages</a>`;
  const tracked = 'https://click.example.net/1';

  it.each<[string, string, string]>([
    ['without a link in its HTML', changed(anchor, ''), 'html-link-missing'],
    ['with a mail link only', changed(anchor, '<a href="mailto:a@example.org">Unsubscribe</a>'), 'html-link-missing'],
    ['without a link in its text', changed(`messages\r\n${url}`, 'messages'), 'text-link-missing'],
    ['with the link in white space', changed('>Unsubscribe from these messages</a>', '> </a>'), 'link-hidden'],
    ['with a tiny link', changed('style="color', 'style="font-size: 0;color'), 'link-hidden'],
    ['with a link in what is not shown', changed('padding:24px 0', 'DISPLAY : none'), 'link-hidden'],
    ['with a link in a hidden element', changed('<div lang', '<div hidden lang'), 'link-hidden'],
    ['with a tracked link in its HTML', changed(`<a href="${url}"`, `<a href="${tracked}"`), 'link-redirected'],
    ['with a tracked link in its text', changed(`messages\r\n${url}`, `messages\r\n${tracked}`), 'link-redirected'],
    ['with a part of the address only', changed('London N1 1AA<br>', ''), 'postal-address-missing'],
    ['larger than Gmail shows', changed('</body>', `${'<p>new</p>\r\n'.repeat(12_000)}</body>`), 'clipped'],
  ])('%s', async (_, mail, code) => {
    expect(await codesOf(mail, KNOWN)).toEqual([code]);
  });

  it('may hold the picture of a button with words for those who do not see it', async () => {
    const image = changed('>Unsubscribe from these messages</a>', '><img src="x.png" alt="Abmelden"></a>');
    expect(await codesOf(image, KNOWN)).toEqual([]);
  });

  it.each(['Abmelden', 'Se désinscrire', 'Darse de baja', 'Annulla iscrizione / Disiscriviti', 'Opt out'])(
    'may call the link %s, when another host is configured',
    async (words) => {
      const other = changed(anchor, `<a href="https://links.example.org/x">${words}</a>`);
      const codes = await codesOf(other.replace(`messages\r\n${url}`, 'messages\r\nhttps://links.example.org/x'), {
        publicUrl: 'https://links.example.org',
      });
      expect(codes).toEqual([]);
    },
  );

  it('may hold the address in another case and with other breaks', async () => {
    const postalAddress = ['EXAMPLE SHOP LTD', '1  high\tstreet London n1 1aa'];
    expect(await codesOf(good, { postalAddress })).toEqual([]);
  });

  it.each(['10115 Berlin', 'PO Box 7', 'Postfach 12', '12 Green Hill Road', '1012 AB Amsterdam', 'A-1010 Wien'])(
    'seems to hold an address with %s',
    async (line) => {
      const body = `Unsubscribe: ${url}\r\n\r\n© 2026 Example\r\n${line}\r\n`;
      const mail = `${textOnly.split('\r\n\r\n')[0]}\r\n\r\n`;
      expect(await codesOf(mail + body)).toEqual([]);
      expect(await codesOf(mail + body.replace(line, ''))).toEqual(['postal-address-unseen']);
    },
  );

  it('is not a mail within the mail', async () => {
    const outer = read('bare.eml').toString('utf8').split('\r\n\r\n')[0] ?? '';
    const type = 'Content-Type: message/rfc822';
    const forwarded = `${outer.replace(/Content-Type: .*/, type)}\r\n\r\n${good}`;
    expect(await codesOf(forwarded)).toContain('text-link-missing');
  });
});
