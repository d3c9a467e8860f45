import { CannotCheck, NO_ADDRESS, readArguments, UsageError } from '../../shared/adapters/command-line.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { openScratchFile } from '../../shared/adapters/ledger-sources/scratch-file.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import { contactKeysOf } from '../../shared/adapters/person-on-input.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import { exportLedger } from '../../shared/domain/ledger/export-ledger.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';
import type { StoredLedger } from '../../shared/domain/ports/stored-ledger.ts';
import { ContactHistory } from './certificate-from-ledger.ts';

export const aim = 'certify';

export const usage = `Usage: npx heed certificate <folder | s3://bucket/prefix> --subject - [options]

Certifies from the ledger alone what was deleted of one customer, with an inclusion proof for each deletion, and says how many
records tell of new data after the last one. Checks the whole ledger on the way. Prints JSON, which verify-certificate checks.

  --subject -              The customer: one line on standard input, never here. With --key-ring the id that the business gave
                           the customer, else the subject key.
  --key-ring <file | arn>  Key ring by which the customer's records are found: its JSON, or its secret in Secrets Manager.
  --public-key <file>      Public key to trust, as with verify-ledger. May be repeated.
  --help                   This text.

Exit code: 0 certified, 1 certified, and the ledger has a defect, 2 nothing to certify.
`;

const OPTIONS = {
  subject: { type: 'string' },
  'key-ring': { type: 'string' },
  'public-key': { type: 'string', multiple: true },
} as const;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [source, ...others] = positionals;
  if (source === undefined || others.length > 0) throw new UsageError('Name one folder or s3:// address');
  if (values.subject !== '-') throw new UsageError(values.subject === undefined ? 'Give --subject -' : NO_ADDRESS);
  const ledger = await openLedger(source);
  const trust = await chooseKeys(ledger, values['public-key'] ?? []);
  const subjectKeys = await contactKeysOf(values['key-ring'], terminal.input);
  const { certificate, defects } = await certify({ ledger, keys: trust.keys, subjectKeys }, terminal);
  if (certificate === undefined) throw new CannotCheck('the ledger tells of no deletion of this customer');
  terminal.output.write(`${JSON.stringify(certificate, undefined, 2)}\n`);
  if (defects > 0) terminal.errors.write(`The ledger is not sound: ${defects} defects; see verify-ledger.\n`);
  return defects === 0 ? 0 : 1;
}

interface Asked {
  ledger: StoredLedger;
  keys: readonly NoteKey[];
  subjectKeys: ReadonlySet<string>;
}

async function certify({ ledger, keys, subjectKeys }: Asked, terminal: Terminal) {
  const scratch = await openScratchFile();
  const progress = progressLine(terminal);
  try {
    const onProgress = ({ objects }: { objects: number }) => progress.show(() => `${objects} objects read`);
    const ports = { ledger, gunzip: strictGunzip, scratch, now: terminal.now, onDefect: progress.clear, onProgress };
    const { records, sealed, summary } = await exportLedger(ports)({ subjectKeys }, keys);
    const history = new ContactHistory();
    for await (const record of records) history.add(record, sealed?.note);
    return { certificate: history.certificate(terminal.now(), summary.records), defects: summary.defects };
  } finally {
    progress.clear();
    await scratch.remove();
  }
}
