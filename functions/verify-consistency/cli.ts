import { CannotCheck, readArguments, readTextFile, UsageError } from '../../shared/adapters/command-line.ts';
import { readKeyFiles } from '../../shared/adapters/ledger-sources/public-keys.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import type { Terminal } from '../../shared/adapters/terminal.ts';
import { consistencyJson, consistencyWords } from '../../shared/domain/ledger/consistency-words.ts';
import { verifyConsistencyFile } from './verify-consistency.ts';

export const usage = `Usage: npx heed verify-consistency <proof file> --public-key <file> [options]

Checks what prove-consistency wrote: the signatures of both checkpoints, and that the newer one continues the older one.
Needs neither the ledger nor AWS nor a network. Compare the checkpoints in it with those that you hold: their sizes and roots
are printed.

  --public-key <file>  Public key to trust (name+id+base64), got from elsewhere than the proof. May be repeated.
  --json               One JSON object instead of words.
  --help               This text.

Exit code: 0 proven, 1 not proven, 2 could not check.
`;

const OPTIONS = {
  'public-key': { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

export async function run(args: readonly string[], { output }: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [file, ...others] = positionals;
  const keyFiles = values['public-key'] ?? [];
  if (file === undefined || others.length > 0) throw new UsageError('Name one proof file');
  if (keyFiles.length === 0) throw new UsageError('Name the public key to trust with --public-key');
  const verdict = verifyConsistencyFile(await readTextFile(file), await readKeyFiles(keyFiles));
  if (verdict.kind === 'unreadable') throw new CannotCheck(`${file} is no proof that prove-consistency wrote`);
  output.write(
    values.json === true ? `${JSON.stringify(consistencyJson(verdict), undefined, 2)}\n` : consistencyWords(verdict),
  );
  return verdict.kind === 'proven' ? 0 : 1;
}
