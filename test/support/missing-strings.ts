import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, type Locale } from '../../shared/settings.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'shared', 'i18n');
// Pages and mails, the privacy notice, the record of processing.
const KINDS = ['', 'privacy.', 'ropa.'];

/** All texts of one language, in the order of its files. */
export function textsOf(locale: Locale): Record<string, string> {
  return Object.assign({}, ...KINDS.map((prefix) => readTexts(`${prefix}${locale}.json`))) as Record<string, string>;
}

function readTexts(file: string): Record<string, string> {
  const path = join(FOLDER, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}

/** One line for each language that lacks texts which English has, with all of them; and for each that has more. */
export function stringGaps(): string[] {
  const wanted = Object.keys(textsOf('en'));
  return LOCALES.flatMap((locale) => {
    const found = Object.keys(textsOf(locale));
    const missing = wanted.filter((key) => !found.includes(key));
    const unknown = found.filter((key) => !wanted.includes(key));
    return [
      ...(missing.length > 0 ? [`${locale} lacks ${missing.length}: ${missing.join(', ')}`] : []),
      ...(unknown.length > 0 ? [`${locale} has ${unknown.length} that English has not: ${unknown.join(', ')}`] : []),
    ];
  });
}

if (import.meta.main) {
  const gaps = stringGaps();
  process.stdout.write(gaps.length === 0 ? 'No string is missing in any language.\n' : `${gaps.join('\n')}\n`);
  process.exitCode = gaps.length === 0 ? 0 : 1;
}
