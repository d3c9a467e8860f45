import { CannotCheck, readArguments, UsageError } from '../../shared/adapters/command-line.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import { isTime } from '../../shared/domain/ledger/record.ts';
import type { RestoredTables } from '../../shared/domain/ports/restored-tables.ts';
import { countDefects, recordsSince } from './ledger-since.ts';
import { replayAfterRestore } from './replay-after-restore.ts';
import { countWords, missingWords, REMINDER } from './replay-words.ts';

export const aim = 'replay';

export const usage = `Usage: npx heed replay-after-restore <s3://bucket/prefix | folder> --since <time> --registry <table> --contacts <table> [options]

After a table was restored from a backup, and before anything may read or write it: does again what the ledger says was done since
the restore point. Opt-outs hold, newer opt-ins too; contacts have their state and their ends; what was deleted or erased goes.
Without --apply it only says what would be done. It is harmless to run it twice. See docs/runbook.md, Restore.

  --since <time>       The restore point, as it was given to DynamoDB (2026-11-26T08:00:00Z, UTC).
  --registry <table>   Name of the restored registry; of the present one if only the other was restored.
  --contacts <table>   Name of the restored contacts table; likewise.
  --apply              Writes.
  --public-key <file>  Public key to trust, as with verify-ledger. May be repeated.
  --unverified         Replays although the ledger is not sound.
  --help               This text.

Needs dynamodb:GetItem, PutItem, DeleteItem, Query, Scan, DescribeTable, DescribeTimeToLive and DescribeContinuousBackups on both
tables, kms:Decrypt on their keys, and to read the bucket.

Exit code: 0 replayed, and nothing is missing, 1 something is left to do, 2 it could not be done.
`;

const OPTIONS = {
  since: { type: 'string' },
  registry: { type: 'string' },
  contacts: { type: 'string' },
  apply: { type: 'boolean' },
  'public-key': { type: 'string', multiple: true },
  unverified: { type: 'boolean' },
} as const;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const { since, registry, contacts, apply = false } = values;
  const [source, ...others] = positionals;
  if (source === undefined || others.length > 0) throw new UsageError('Name one folder or s3:// address');
  if (!isTime(since)) throw new UsageError('--since is a time in UTC such as 2026-11-26T08:00:00Z');
  if (registry === undefined || contacts === undefined)
    throw new UsageError('--registry and --contacts are names of tables');
  const from = { ledger: await openLedger(source), gunzip: strictGunzip };
  await refuseUnsound(from, values, terminal);
  // Only here: --help, and a ledger that is refused, need no AWS SDK.
  const { restoredTable } = await import('../../shared/adapters/dynamo/restored-table.ts');
  const tables = { registry: restoredTable(registry), contacts: restoredTable(contacts) };
  const progress = progressLine(terminal);
  const counts = await replayAfterRestore({
    ...{ tables, apply, records: recordsSince(from, since) },
    onProgress: ({ records }) => progress.show(() => `${records} records`),
  });
  progress.clear();
  terminal.output.write(countWords(counts, apply));
  const isWhole = await tellMissing(tables, terminal);
  return apply && isWhole ? 0 : 1;
}

async function refuseUnsound(
  from: Parameters<typeof countDefects>[0],
  values: { 'public-key'?: string[]; unverified?: boolean },
  { errors, now }: Terminal,
): Promise<void> {
  if (values.unverified === true) return;
  const { keys } = await chooseKeys(from.ledger, values['public-key'] ?? []);
  const onDefect = ({ kind }: { kind: string }) => errors.write(`defect  ${kind}\n`);
  const defects = await countDefects(from, { keys, now: now(), onDefect });
  if (defects > 0)
    throw new CannotCheck(
      `the ledger has ${defects} defects; npx heed verify-ledger names them, --unverified replays all the same`,
    );
}

async function tellMissing(tables: RestoredTables, { output }: Terminal): Promise<boolean> {
  const missing = { registry: await tables.registry.missing(), contacts: await tables.contacts.missing() };
  output.write(missingWords(missing) + REMINDER);
  return missing.registry.length + missing.contacts.length === 0;
}
