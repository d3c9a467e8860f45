import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { canonicalAddress } from '../domain/address.ts';

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something outside the ledger keeps us from a verdict. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}

/** `node:util`'s parser, strict. Throws {@link UsageError} in words that repeat no value: one may be an address. */
export function readArguments<O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) {
  if (args.some(isAddress)) throw new UsageError(NO_ADDRESS);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(wordsFor(error, args));
  }
}

export const NO_ADDRESS =
  'An address does not belong in the command line: the history of the shell keeps it and other users of the machine see it. ' +
  'Give it on standard input, with --subject -';

/** Text of a file that was named in the command line. */
export async function readTextFile(file: string): Promise<string> {
  return (await readBinaryFile(file)).toString('utf8');
}

/** Bytes of such a file. */
export async function readBinaryFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CannotCheck(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}

// --name=value too. A folder of such a name can be written as ./name.
function isAddress(argument: string): boolean {
  const value = argument.replace(/^--?[a-z-]+=?/, '');
  return /@|^\+|^00/.test(value) && canonicalAddress(value).ok;
}

function wordsFor(error: unknown, args: readonly string[]): string {
  const { code } = error as { code?: string };
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw error;
  const name = args.map((argument) => /^--?[a-z][a-z-]{0,30}/.exec(argument)?.[0]).find((one) => mentions(error, one));
  const problem = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'Unknown option' : 'Missing or unexpected value of option';
  return `${problem}${name === undefined ? '' : ` ${name}`}`;
}

function mentions(error: unknown, name: string | undefined): boolean {
  return name !== undefined && (error as Error).message.includes(`${name}`);
}
