import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Intent, understandText } from '../../../shared/domain/inbound/understand-text.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'inbound');

/** A mail with what it asks. */
export interface Sample {
  language: string;
  subject: string;
  body: string;
  /** Must be found. */
  asks: readonly Intent[];
  /** May be found as well. */
  may?: readonly Intent[];
}

/** Where a sample is from: `tuned` was looked at while the phrases were written, `heldOut` was not, letters are others' and public. */
export type Part = 'tuned' | 'heldOut' | 'letters';

export function samplesOf(part: Part): Sample[] {
  return part === 'letters' ? letters() : mails(part);
}

function mails(part: 'tuned' | 'heldOut'): Sample[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const parts: Record<typeof part, Omit<Sample, 'language'>[]> = JSON.parse(
        readFileSync(join(FOLDER, name), 'utf8'),
      );
      return parts[part].map((sample) => ({ language: name.slice(0, -5), ...sample }));
    });
}

/** By the first word of the file. An erasure letter withdraws consent and may object; a reminder names its right by a placeholder only. */
const LETTERS: Readonly<Record<string, Pick<Sample, 'asks' | 'may'>>> = {
  objection: { asks: ['objection'], may: ['opt-out'] },
  erasure: { asks: ['erasure'], may: ['objection', 'opt-out'] },
  access: { asks: ['access'] },
  rectification: { asks: [] },
  admonition: { asks: [] },
  complaint: { asks: ['complaint'] },
};

function letters(): Sample[] {
  const folder = join(FOLDER, 'letters');
  return readdirSync(folder).flatMap((language) =>
    readdirSync(join(folder, language)).map((name) => {
      const label = LETTERS[name.replace(/[-.].*$/, '')];
      if (label === undefined) throw new Error(`Nothing is known of the letter ${name}`);
      return { language, subject: '', body: readFileSync(join(folder, language, name), 'utf8'), ...label };
    }),
  );
}

/** What was understood of a sample, beside what should have been. */
export interface Judged extends Sample {
  found: readonly Intent[];
  isSure: boolean;
  missed: readonly Intent[];
  wrong: readonly Intent[];
}

export function judge(sample: Sample): Judged {
  const { intents, isSure } = understandText(sample);
  const { asks, may = [] } = sample;
  return {
    ...sample,
    found: intents,
    isSure,
    missed: asks.filter((intent) => !intents.includes(intent)),
    wrong: intents.filter((intent) => !asks.includes(intent) && !may.includes(intent)),
  };
}

/** Share of what was asked that was found; 1 when nothing was asked. */
export function recall(judged: readonly Judged[], intent: Intent): number {
  const asked = judged.filter(({ asks }) => asks.includes(intent));
  return asked.length === 0 ? 1 : asked.filter(({ found }) => found.includes(intent)).length / asked.length;
}

/** Share of what was found that was asked; 1 when nothing was found. */
export function precision(judged: readonly Judged[], intent: Intent): number {
  const found = judged.filter((one) => one.found.includes(intent));
  return found.length === 0 ? 1 : found.filter((one) => !one.wrong.includes(intent)).length / found.length;
}
