import { writeFile } from 'node:fs/promises';
import { CannotCheck, readArguments, readTextFile, UsageError } from '../../shared/adapters/command-line.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys, type TrustedKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { NO_PROGRESS, progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import type { ConsistencyEvidence } from '../../shared/domain/ledger/consistency.ts';
import { consistencyJson, consistencyWords } from '../../shared/domain/ledger/consistency-words.ts';
import type { StoredLedger } from '../../shared/domain/ports/stored-ledger.ts';
import { type ConsistencyProof, proveConsistency } from './prove-consistency.ts';

export const usage = `Usage: npx heed prove-consistency <folder | s3://bucket/prefix> <older> <newer> [options]

Proves that the ledger at the newer checkpoint continues what it was at the older one (RFC 6962, 2.1.2). Each checkpoint is
a file, or the tree size of one that lies in the ledger (a file whose name is a number: ./12). Reads what lies between them,
once. The proof is checked against both signed roots before it is printed.

  --public-key <file>  Public key to trust, as with verify-ledger. May be repeated.
  --json               Prints {older, newer, proof}, which verify-consistency checks, instead of words.
  --out <file>         Writes that JSON into a file; nothing is overwritten.
  --help               This text.

Exit code: 0 proven, 1 not proven, 2 could not check.
`;

const OPTIONS = {
  'public-key': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  out: { type: 'string' },
} as const;

interface Output {
  json?: boolean;
  out?: string;
}

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [source, older, newer, ...others] = positionals;
  if (source === undefined || older === undefined || newer === undefined || others.length > 0)
    throw new UsageError('Name one folder or s3:// address, the older checkpoint and the newer one');
  const ledger = await openLedger(source);
  const trust = await chooseKeys(ledger, values['public-key'] ?? []);
  const notes = { older: await readNote(ledger, older), newer: await readNote(ledger, newer) };
  const progress = values.json === true ? NO_PROGRESS : progressLine(terminal);
  const onProgress = ({ objects }: { objects: number }) => progress.show(() => `${objects} objects read`);
  const proof = await proveConsistency({ ledger, gunzip: strictGunzip, onProgress })(notes, trust.keys);
  progress.clear();
  if (proof.kind === 'wrong-order') throw new UsageError('The older checkpoint comes first');
  await print(proof, values, terminal);
  if (proof.kind === 'proven') terminal.errors.write(keyWarning(trust));
  return proof.kind === 'proven' ? 0 : 1;
}

async function readNote(ledger: StoredLedger, fileOrSize: string): Promise<string> {
  if (!/^\d+$/.test(fileOrSize)) return await readTextFile(fileOrSize);
  for await (const { text } of await ledger.checkpoints(Number(fileOrSize))) {
    // By what is signed: its key is whoever's who stored it.
    if (text.split('\n')[1] === String(Number(fileOrSize))) return text;
    break;
  }
  throw new CannotCheck(`the ledger has no checkpoint of ${fileOrSize} records`);
}

async function print(
  proof: Exclude<ConsistencyProof, { kind: 'wrong-order' }>,
  { json, out }: Output,
  { output }: Terminal,
): Promise<void> {
  if (proof.kind === 'proven' && out !== undefined) await writeNew(out, jsonText(proof.evidence));
  if (json === true) output.write(jsonText(proof.kind === 'proven' ? proof.evidence : consistencyJson(proof)));
  else output.write(consistencyWords(proof) + (proof.kind === 'proven' ? proofLines(proof.evidence) : ''));
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' ? 'is there already, and nothing is overwritten' : `cannot be written (${code})`;
    throw new CannotCheck(`${file} ${reason}`, { cause: error });
  }
}

function proofLines({ proof }: ConsistencyEvidence): string {
  return `proof   ${proof.length} hashes\n${proof.map((hash) => `${hash}\n`).join('')}`;
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function keyWarning({ origin }: TrustedKeys): string {
  if (origin === 'given') return '';
  return 'The public key was found in the ledger itself. Compare it with the published one, or give that with --public-key.\n';
}
