import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { ropaPage } from '../../shared/views/ropa-page.ts';
import { readConfig, type StageConfig } from '../config.ts';
import { writtenRopa } from '../written-ropa.ts';

const USAGE = `npm run ropa -- --stage <stage> --out <folder>

Writes the record of processing activities (GDPR Art. 30) of a stage: ropa.json, and a page in each language that it offers.
`;

/** The files of a stage's record by name. */
export function ropaFiles(config: StageConfig): Record<string, string> {
  const record = writtenRopa(config);
  const { controller, locales } = config.settings;
  const writtenIn = config.accountability?.writtenIn ?? 'en';
  const pages = locales.map((locale) => {
    const frame = { strings: stringsFor(locale), controller, brand: { name: controller.name } };
    return [`ropa.${locale}.html`, ropaPage({ ...frame, record, writtenIn })];
  });
  return { 'ropa.json': `${JSON.stringify(record, undefined, 2)}\n`, ...Object.fromEntries(pages) };
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: 'string' }, out: { type: 'string' } } });
  if (values.out === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  await mkdir(values.out, { recursive: true });
  for (const [name, text] of Object.entries(ropaFiles(readConfig({ stage: values.stage })))) {
    await writeFile(join(values.out, name), text);
    process.stdout.write(`${join(values.out, name)}\n`);
  }
}

if (import.meta.main) await run();
