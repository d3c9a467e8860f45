import {
  CannotCheck,
  NO_ADDRESS,
  readArguments,
  readTextFile,
  UsageError,
} from '../../shared/adapters/command-line.ts';
import { openExportFile } from '../../shared/adapters/ledger-sources/export-folder.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys, type TrustedKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { openScratchFile } from '../../shared/adapters/ledger-sources/scratch-file.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import { subjectKeysOf } from '../../shared/adapters/person-on-input.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import { verifyCheckpoint } from '../../shared/domain/ledger/checkpoint.ts';
import type { Defect } from '../../shared/domain/ledger/defect.ts';
import { exportLedger, type LedgerExport } from '../../shared/domain/ledger/export-ledger.ts';
import { readMoment, type Selection } from '../../shared/domain/ledger/selection.ts';
import { EXPORT_WRITERS, type ExportFacts } from './export-formats.ts';
import { defectLine, doneLines } from './export-words.ts';

export const usage = `Usage: npx heed export-ledger <folder | s3://bucket/prefix> [options]

Hands out records of the ledger with their inclusion proofs against its newest checkpoint. Checks the whole ledger on the way.
Memory: constant, but for 32 bytes per 1,024 records of the ledger; chosen records wait in a temporary file.

  --since <moment | file>  Records from this moment on (2026-11-01 or 2026-11-01T08:00:00Z, UTC), or after this checkpoint.
  --until <moment>         Records before this moment.
  --subject -              Records of one person only. The address is read from standard input, never from here.
  --key-ring <file | arn>  Key ring by which the person's records are found: its JSON, or its secret in Secrets Manager.
  --public-key <file>      Public key to trust, as with verify-ledger. May be repeated.
  --format <csv | json>    json unless told otherwise.
  --out <folder>           Writes records.csv or records.json there, with the checkpoint and the public keys; nothing is
                           overwritten. Without it the records go to standard output.
  --help                   This text.

Exit code: 0 exported from a sound ledger, 1 exported and a defect was found, 2 nothing exported.
`;

const OPTIONS = {
  since: { type: 'string' },
  until: { type: 'string' },
  subject: { type: 'string' },
  'key-ring': { type: 'string' },
  'public-key': { type: 'string', multiple: true },
  format: { type: 'string', default: 'json' },
  out: { type: 'string' },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const source = checkCall(values, positionals);
  readFormat(values.format);
  const ledger = await openLedger(source);
  const trust = await chooseKeys(ledger, values['public-key'] ?? []);
  const selection = await readSelection(values, trust, terminal);
  const scratch = await openScratchFile();
  try {
    const reporter = reporterOn(terminal);
    const find = exportLedger({ ledger, gunzip: strictGunzip, scratch, now: terminal.now, ...reporter });
    const exported = await find(selection, trust.keys);
    await write(exported, values, { facts: factsOf(selection, trust, terminal), output: terminal.output });
    reporter.say(doneLines(exported, trust.origin));
    return exported.summary.defects === 0 ? 0 : 1;
  } finally {
    await scratch.remove();
  }
}

function checkCall({ subject, 'key-ring': keyRing }: Values, [source, ...others]: readonly string[]): string {
  if (source === undefined || others.length > 0) throw new UsageError('Name one folder or s3:// address');
  if (subject !== undefined && subject !== '-') throw new UsageError(NO_ADDRESS);
  if ((subject === undefined) !== (keyRing === undefined))
    throw new UsageError('--subject - and --key-ring are given together');
  return source;
}

async function readSelection(values: Values, trust: TrustedKeys, { input }: Terminal): Promise<Selection> {
  const { since, until, 'key-ring': keyRing } = values;
  const end = until === undefined ? undefined : readMoment(until);
  if (until !== undefined && end === undefined) throw new UsageError('--until is a moment such as 2026-11-01');
  return {
    ...(since === undefined ? {} : await readSince(since, trust)),
    ...(end === undefined ? {} : { until: end }),
    ...(keyRing === undefined ? {} : { subjectKeys: await subjectKeysOf(keyRing, input) }),
  };
}

async function readSince(since: string, { keys }: TrustedKeys): Promise<Selection> {
  const moment = readMoment(since);
  if (moment !== undefined) return { since: moment };
  const verdict = verifyCheckpoint(await readTextFile(since), keys);
  if (verdict.kind === 'verified') return { fromIndex: verdict.checkpoint.size };
  throw new CannotCheck(`${since} is no checkpoint that the public key signed (${verdict.kind})`);
}

async function write(
  exported: LedgerExport,
  { format, out }: Values,
  { facts, output }: { facts: ExportFacts; output: Terminal['output'] },
): Promise<void> {
  if (exported.summary.objects === 0) throw new CannotCheck('there is no object to export from');
  const writeTo = EXPORT_WRITERS[readFormat(format)];
  if (out === undefined) return await writeTo(exported, facts, output);
  const file = await openExportFile(out, `records.${format}`);
  await writeTo(exported, facts, file.stream);
  await file.finish([
    ...(exported.sealed === undefined ? [] : [{ path: exported.sealed.key, text: exported.sealed.note }]),
    { path: 'keys/trusted.vkey', text: facts.publicKeys.keys.map((vkey) => `${vkey}\n`).join('') },
  ]);
}

function readFormat(format: string | undefined): 'csv' | 'json' {
  if (format === 'csv' || format === 'json') return format;
  throw new UsageError('--format is csv or json');
}

function factsOf({ subjectKeys, ...rest }: Selection, { origin, keys }: TrustedKeys, { now }: Terminal): ExportFacts {
  return {
    exportedAt: now().toISOString(),
    selection: { ...rest, subject: subjectKeys === undefined ? 'everybody' : 'one-person' },
    publicKeys: { origin, keys: keys.map(({ vkey }) => vkey) },
  };
}

function reporterOn(terminal: Terminal) {
  const progress = progressLine(terminal);
  const say = (text: string) => {
    progress.clear();
    terminal.errors.write(text);
  };
  return {
    say,
    onDefect: (defect: Defect) => say(defectLine(defect)),
    onProgress: ({ objects, records }: { objects: number; records: number }) =>
      progress.show(() => `${objects} objects, ${records} records read`),
  };
}
