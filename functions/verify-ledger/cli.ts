import { CannotCheck, readArguments, readTextFile, UsageError } from '../../shared/adapters/command-line.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { NO_PROGRESS, progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import type { Defect } from '../../shared/domain/ledger/defect.ts';
import { defectWords } from './defect-words.ts';
import { readReceipt } from './receipt-file.ts';
import { type Trust, verdictJson, verdictWords } from './verdict-words.ts';
import { type Evidence, type Verdict, verifyStoredLedger } from './verify-ledger.ts';

export const usage = `Usage: npx heed verify-ledger <folder | s3://bucket/prefix> [options]

Checks every byte of a ledger: objects, records, the chain, the tree, the signatures. A folder has the bucket's layout
(ledger/, checkpoints/, keys/), as \`aws s3 sync\` copies it; checking it needs neither AWS nor a network.

  --public-key <file>  Public key to trust (name+id+base64), got from elsewhere than the ledger. May be repeated.
                       Without it the key in keys/ is used, and the verdict says so.
  --since <file>       A checkpoint that you hold: checks from it on, and that the ledger still continues it.
  --receipt <file>     A receipt to check too: the .tlog-proof file, or the JSON of a receipt link.
  --json               One JSON object on standard output, and no progress.
  --help               This text.

Exit code: 0 sound, 1 a defect was found, 2 could not check.
`;

const OPTIONS = {
  'public-key': { type: 'string', multiple: true },
  since: { type: 'string' },
  receipt: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** How many defects the JSON lists: a ledger that is wholly wrong must not fill the memory. */
const MAX_LISTED = 10_000;
const EXIT_CODES: Record<Verdict['outcome'], ExitCode> = { sound: 0, defect: 1, 'nothing-there': 2 };

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [source, ...others] = positionals;
  if (source === undefined || others.length > 0) throw new UsageError('Name one folder or s3:// address');
  const ledger = await openLedger(source);
  const trust = await chooseKeys(ledger, values['public-key'] ?? []);
  const evidence = await readEvidence(values, trust);
  const printer = values.json === true ? jsonPrinter(terminal) : plainPrinter(terminal);
  const verify = verifyStoredLedger({ ledger, gunzip: strictGunzip, now: terminal.now, ...printer });
  const verdict = await verify(evidence);
  printer.print(verdict, trust);
  return EXIT_CODES[verdict.outcome];
}

async function readEvidence(values: { since?: string; receipt?: string }, { keys }: Trust): Promise<Evidence> {
  return {
    keys,
    ...(values.since === undefined ? {} : { since: await readTextFile(values.since) }),
    ...(values.receipt === undefined ? {} : { receipt: await receiptOf(values.receipt) }),
  };
}

async function receiptOf(file: string) {
  const read = readReceipt(await readTextFile(file));
  if (read.kind === 'receipt') return read.receipt;
  if (read.kind === 'not-sealed')
    throw new CannotCheck(`${file} was fetched before its record was sealed; fetch the receipt again`);
  throw new CannotCheck(`${file} is neither a .tlog-proof file nor the JSON of a receipt`);
}

function plainPrinter(terminal: Terminal) {
  const progress = progressLine(terminal);
  return {
    onDefect: (defect: Defect) => {
      progress.clear();
      terminal.output.write(defectWords(defect));
    },
    onProgress: ({ objects, records }: { objects: number; records: number }) =>
      progress.show(() => `${objects} objects, ${records} records checked`),
    print: (verdict: Verdict, trust: Trust) => {
      progress.clear();
      terminal.output.write(`${verdict.defects > 0 ? '\n' : ''}${verdictWords(verdict, trust)}`);
    },
  };
}

function jsonPrinter({ output }: Terminal) {
  const listed: Defect[] = [];
  return {
    onDefect: (defect: Defect) => {
      if (listed.length < MAX_LISTED) listed.push(defect);
    },
    onProgress: NO_PROGRESS.clear,
    print: (verdict: Verdict, trust: Trust) => {
      const answer = { ...verdictJson(verdict, trust), defectCount: verdict.defects, defects: listed };
      output.write(`${JSON.stringify(answer, undefined, 2)}\n`);
    },
  };
}
