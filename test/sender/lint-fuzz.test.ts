import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../shared/sender/lint/findings.ts';
import { lintMessage } from '../../shared/sender/lint-message.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const good = readFileSync(join(FIXTURES, 'marketing-mail', 'good.eml'), 'utf8');

async function codesOf(mime: string | Uint8Array): Promise<string[]> {
  const findings = await lintMessage(mime);
  return findings.map(({ code }) => code);
}

describe('whatever comes', () => {
  it.each(readdirSync(join(FIXTURES, 'mail')).filter((file) => file.endsWith('.eml')))(
    'such as %s, which is no newsletter, is read and found wanting',
    async (file) => {
      expect(await codesOf(readFileSync(join(FIXTURES, 'mail', file)))).toContain('list-unsubscribe-missing');
    },
  );

  it.each([
    ['nothing', ''],
    ['words', 'Hello\n\nWorld'],
    ['bytes', Uint8Array.from({ length: 5000 }, (_, index) => index % 256)],
    ['a header beyond all bounds', `From: a@example.org\r\nSubject: ${'x'.repeat(3_000_000)}\r\n\r\n`],
  ])('%s is told to be unreadable', async (_, mime) => {
    expect(await codesOf(mime)).toEqual(['unreadable']);
  });

  it('is answered by known findings only, each once', async () => {
    const mail = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
    const bytes = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), bytes, mail), async (mime) => {
        const codes = await codesOf(mime);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(RULES).toHaveProperty(code);
      }),
      { numRuns: 500 },
    );
  });

  it('is answered after any damage to a good mail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length), fc.nat(300), fc.string({ unit: 'binary' }), async (at, length, put) => {
        const codes = await codesOf(good.slice(0, at) + put + good.slice(at + length));
        for (const code of codes) expect(RULES).toHaveProperty(code);
      }),
      { numRuns: 300 },
    );
  });

  it('is answered though it is nested, long or unclosed without end', async () => {
    const head = 'From: a@example.org\r\nContent-Type: text/html\r\n\r\n';
    for (const piece of ['<div>', '<a href="https://x.example">', '<!--', '&', '<table><tr><td>', '<a style="']) {
      expect(await codesOf(head + piece.repeat(50_000))).toContain('list-unsubscribe-missing');
    }
    const uris = `From: a@example.org\r\nList-Unsubscribe: ${'<,'.repeat(50_000)}\r\n\r\n${'https://'.repeat(50_000)}`;
    expect(await codesOf(uris)).toContain('list-unsubscribe-syntax');
  });
});

const PIECES = [
  ...[
    'From: a@example.org\r\n',
    'List-Unsubscribe: ',
    'List-Unsubscribe-Post: ',
    'DKIM-Signature: h=',
    '; d=',
    ':',
    ';',
  ],
  ...[
    '<https://',
    '<mailto:',
    '>',
    ', ',
    '\r\n',
    '\r\n ',
    '\r\n\r\n',
    '=?utf-8?B?',
    '?=',
    '--b\r\n',
    '--b--',
    ' boundary=b',
  ],
  ...[
    'Content-Type: multipart/mixed;',
    'Content-Type: text/html\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    '\u0000',
  ],
  ...['<a href="https://[', '<a href=', '</a>', '<div style="display:none">', 'unsubscribe', 'https://%', '\ud800'],
];
