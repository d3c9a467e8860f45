import { CannotCheck, readArguments, readTextFile, UsageError } from '../../shared/adapters/command-line.ts';
import { readKeyFiles } from '../../shared/adapters/ledger-sources/public-keys.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import type { Terminal } from '../../shared/adapters/terminal.ts';
import { certificateJson, certificateWords, verdictOf } from './certificate-words.ts';
import { verifyCertificateFile } from './verify-certificate.ts';

export const usage = `Usage: npx heed verify-certificate <certificate file> --public-key <file> [options]

Checks a deletion certificate by itself: that each deletion, and who followed it, stands as it says in a ledger that the key
signed. Needs neither the ledger nor AWS nor a network. What is left of the customer is the issuer's statement and no proof
can show it; \`npx heed certificate\` makes the same from the whole ledger.

  --public-key <file>  Public key to trust (name+id+base64), got from elsewhere than the certificate. May be repeated.
  --json               One JSON object instead of words.
  --help               This text.

Exit code: 0 proven, 1 a defect was found, 2 could not check, or a part waits for its seal.
`;

const OPTIONS = {
  'public-key': { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

const EXIT_CODES = { proven: 0, 'not-proven': 1, 'not-yet-sealed': 2 } as const satisfies Record<string, ExitCode>;

export async function run(args: readonly string[], { output }: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [file, ...others] = positionals;
  const keyFiles = values['public-key'] ?? [];
  if (file === undefined || others.length > 0) throw new UsageError('Name one certificate file');
  if (keyFiles.length === 0) throw new UsageError('Name the public key to trust with --public-key');
  const verdict = verifyCertificateFile(await readTextFile(file), await readKeyFiles(keyFiles));
  if (verdict.kind === 'unreadable') throw new CannotCheck(`${file} is no deletion certificate`);
  output.write(
    values.json === true ? `${JSON.stringify(certificateJson(verdict), undefined, 2)}\n` : certificateWords(verdict),
  );
  return EXIT_CODES[verdictOf(verdict)];
}
