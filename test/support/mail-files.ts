import { readdirSync, readFileSync } from 'node:fs';
import { readMime } from '../../shared/adapters/mime-mail.ts';
import type { IncomingMail } from '../../shared/domain/inbound/incoming-mail.ts';

const FOLDER = new URL('../fixtures/mail/', import.meta.url);

/** Names of the mails in `test/fixtures/mail`, or in a folder of it. */
export function mailFiles(folder = ''): string[] {
  return readdirSync(new URL(folder, FOLDER)).filter((name) => name.endsWith('.eml'));
}

/** A mail of the fixtures with other words in the place of some. */
export function mailFile(name: string, words: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return Object.entries(words).reduce((mailed, [word, meant]) => mailed.replaceAll(word, meant), text);
}

/** A raw mail as Heed reads it. */
export function readMail(raw: string | Uint8Array): Promise<IncomingMail> {
  return readMime({ bytes: typeof raw === 'string' ? Buffer.from(raw) : raw, isWhole: true });
}

/** A plain mail of `jane@example.org`. */
export function plainMail(fields: Readonly<Record<string, string>> = {}, body = ''): string {
  const header = {
    From: 'Jane Roe <jane@example.org>',
    To: 'optout@shop.example.org',
    'Message-ID': '<1@example.org>',
    ...fields,
  };
  const lines = Object.entries(header).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', body].join('\r\n');
}
