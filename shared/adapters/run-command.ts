import { CannotCheck, UsageError } from './command-line.ts';
import type { Terminal } from './terminal.ts';

/** 0: sound, or done. 1: a defect was found, or something is left. 2: there is no verdict. */
export type ExitCode = 0 | 1 | 2;

/** A command's door: its `cli.ts`. */
interface Command {
  usage: string;
  /** What it sets out to do, for "could not …". Absent: check. */
  aim?: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

export type CommandTable = Readonly<Record<string, { summary: string; load: () => Promise<Command> }>>;

/** The first Node that runs TypeScript as it is. */
const NEEDED_NODE = [22, 18] as const;

/** Runs `<command> …`. Whatever goes wrong on the way to a verdict is told in words, and is never taken for one. */
export async function runCommand(
  commands: CommandTable,
  [name = '', ...args]: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!isNodeNewEnough()) return fail(terminal, `Node ${NEEDED_NODE.join('.')} or newer is needed`);
  if (isHelp([name])) return print(terminal, overview(commands));
  // A script whose variable is empty must not take this for a verdict.
  if (entry === undefined) return fail(terminal, overview(commands));
  const command = await entry.load();
  try {
    return isHelp(args) ? print(terminal, command.usage) : await command.run(args, terminal);
  } catch (error) {
    if (args.includes('--json')) terminal.output.write(`${JSON.stringify(unchecked(error))}\n`);
    return fail(terminal, explain(error, command));
  }
}

function isHelp(args: readonly string[]): boolean {
  return args.some((argument) => argument === '--help' || argument === '-h');
}

function isNodeNewEnough(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
}

function explain(error: unknown, { usage, aim = 'check' }: Command): string {
  if (error instanceof UsageError) return `heed: ${error.message}.\n\n${usage}`;
  if (error instanceof CannotCheck) return `heed: could not ${aim}: ${error.message}.\n`;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `heed: could not ${aim}: ${name}: ${message}\n`;
}

function unchecked(error: unknown): object {
  return { verdict: 'unchecked', reason: error instanceof Error ? error.message : String(error) };
}

function overview(commands: CommandTable): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: npx heed <command> [options]\n\n${lines.join('\n')}\n\nnpx heed <command> --help tells more.\n`;
}

function print({ output }: Terminal, text: string): ExitCode {
  output.write(text);
  return 0;
}

function fail({ errors }: Terminal, text: string): ExitCode {
  errors.write(text);
  return 2;
}
