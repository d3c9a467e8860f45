import { setTimeout as wait } from 'node:timers/promises';
import { CannotCheck, readArguments, UsageError } from '../../shared/adapters/command-line.ts';
import { fileLines } from '../../shared/adapters/file-lines.ts';
import { openImportJournal } from '../../shared/adapters/import-journal.ts';
import { readInputLine } from '../../shared/adapters/input-line.ts';
import { jsonApi } from '../../shared/adapters/json-api.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import { readJsonLine, readRowsBelow, WrongHeader } from '../../shared/domain/contact/cancellation-lines.ts';
import { pacer } from '../../shared/domain/pacer.ts';
import { type ImportJournal, type ImportProgress, NOTHING_DONE } from '../../shared/domain/ports/import-journal.ts';
import { type CancellationsAnswer, cancellationsAnswerSchema } from '../../shared/http/schemas/cancellations.ts';
import { importFile } from './import-file.ts';

export const aim = 'import';

export const usage = `Usage: npx heed import-cancellations <file.csv | file.ndjson> --api <url> --token - [options]

Hands cancellations to Heed, in batches and in constant memory. A table has the header contactId,cancelledAt,reason,contractEndsAt
(the last two may be missing; separated by commas or semicolons) and one line for each row; NDJSON has one object in each line.
Run again after a stop, it goes on where it was: <file>.import.json notes how far it came. Lines that were not taken stand in
<file>.rejects.csv with their number and the reason.

  --api <url>         Where the service is: the output ApiUrl, or your own domain.
  --token -           Access token with the scope contacts:write. It is read from standard input, never from here.
  --rate <n>          At most so many contacts in a second.
  --dry-run           Checks every line as far as that goes without the service, and changes nothing.
  --help              This text.

Exit code: 0 every line was taken, or was known, 1 some were rejected, 2 it could not be done.
`;

const OPTIONS = {
  api: { type: 'string' },
  token: { type: 'string' },
  rate: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

/** Longer than any access token. */
const MAX_TOKEN = 16_000;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0 || !/\.(csv|ndjson)$/.test(file))
    throw new UsageError('Name one file that ends with .csv or .ndjson');
  const rate = readRate(values.rate);
  const read = file.endsWith('.csv') ? await rowReader(file) : readJsonLine;
  const service = values['dry-run'] === true ? dryRun(terminal) : await realRun(file, values, terminal);
  const progress = progressLine(terminal);
  const done = await importFile({
    ...service,
    lines: linesBelow(file, service.journal),
    read,
    pace: pacer(rate, { now: () => performance.now(), pause: wait }),
    onProgress: (so) => progress.show(() => `${so.line} lines, ${so.rejected} rejected`),
  });
  progress.clear();
  terminal.output.write(summaryLine(done, values['dry-run'] === true));
  return done.rejected === 0 ? 0 : 1;
}

function readRate(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError('--rate is a number of contacts in a second, from 1 on');
  return Number(text);
}

async function rowReader(file: string) {
  for await (const { text } of fileLines(file)) {
    try {
      return readRowsBelow(text);
    } catch (error) {
      if (!(error instanceof WrongHeader)) throw error;
      throw new CannotCheck(`${file}: ${error.message}`);
    }
  }
  throw new CannotCheck(`${file} is empty`);
}

// The header is passed over when nothing is done yet.
async function* linesBelow(file: string, { start }: ImportJournal) {
  for await (const line of fileLines(file, start)) if (line.line > 1 || !file.endsWith('.csv')) yield line;
}

async function realRun(file: string, { api, token }: Values, { input }: Terminal) {
  if (api === undefined || !URL.canParse(api)) throw new UsageError('--api is the address of the service');
  if (token !== '-')
    throw new UsageError('--token - reads the access token from standard input; it does not belong here');
  const bearer = await readInputLine(input, MAX_TOKEN);
  if (bearer === '') throw new CannotCheck('there is no access token on standard input');
  const post = jsonApi({ url: api, token: bearer, pause: wait });
  return {
    journal: await openImportJournal(file),
    send: async (cancellations: readonly unknown[]) =>
      cancellationsAnswerSchema.parse(await post('/v1/cancellations', { cancellations })),
  };
}

function dryRun({ output }: Terminal) {
  const journal: ImportJournal = {
    start: NOTHING_DONE,
    commit: async (_, rejected) => {
      for (const { line, code, reason } of rejected) output.write(`line ${line}  ${code}  ${reason}\n`);
    },
  };
  const send = async ({ length: accepted }: readonly unknown[]): Promise<CancellationsAnswer> => ({
    accepted,
    duplicates: 0,
    superseded: 0,
    rejected: [],
  });
  return { journal, send };
}

function summaryLine({ accepted, duplicates, superseded, rejected }: ImportProgress, isDryRun: boolean): string {
  if (isDryRun) return `${accepted} can be sent, ${rejected} rejected\n`;
  return `${accepted} cancelled, ${duplicates} known already, ${superseded} superseded by something newer, ${rejected} rejected\n`;
}
