import { CannotCheck, readArguments, readBinaryFile, UsageError } from '../../shared/adapters/command-line.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import type { Terminal } from '../../shared/adapters/terminal.ts';
import { lintMessage } from '../../shared/sender/lint-message.ts';
import { findingJson, findingWords } from './finding-words.ts';

export const usage = `Usage: npx heed lint-message <file.eml> [options]

Tells what a marketing mail lacks before it may be sent: headers of one-click unsubscribe, a DKIM signature that covers them,
a visible link, a postal address. Reads the file only; needs neither AWS nor a network.

  --public-url <origin>    Where links that unsubscribe go (https://optout.example.org). Without it: the host of the header.
  --postal-address <line>  A line of the sender's postal address, as each part of the body must show it. May be repeated.
                           Without it something that looks like one is looked for.
  --unsigned               The mail is signed later: leave its signature out.
  --json                   One JSON object instead of words.
  --help                   This text.

Exit code: 0 fine, 1 something was found, 2 could not read the mail.
`;

const OPTIONS = {
  'public-url': { type: 'string' },
  'postal-address': { type: 'string', multiple: true },
  unsigned: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export async function run(args: readonly string[], { output }: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [file, ...others] = positionals;
  const publicUrl = values['public-url'];
  if (file === undefined || others.length > 0) throw new UsageError('Name one file');
  if (publicUrl !== undefined && !URL.canParse(publicUrl)) throw new UsageError('--public-url is no URL');
  const options = { publicUrl, postalAddress: values['postal-address'], isUnsigned: values.unsigned };
  const findings = await lintMessage(await readBinaryFile(file), options);
  if (findings.some(({ code }) => code === 'unreadable')) throw new CannotCheck(`${file} is no mail`);
  output.write(
    values.json === true ? `${JSON.stringify(findingJson(findings), undefined, 2)}\n` : findingWords(findings),
  );
  return findings.length === 0 ? 0 : 1;
}
