import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ROOT } from './project.ts';

/** One program to run; its output goes to `log` and line by line to `onLine`. */
export interface Command {
  command: string;
  args: readonly string[];
  log: string;
  env?: NodeJS.ProcessEnv;
  /** Absent: the root of the repository. */
  cwd?: string;
  onLine?: (line: string) => void;
}

const running = new Set<ChildProcess>();

// Whatever ends this process, even an uncaught error, ends what it started.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/** Starts a program in a process group of its own, so that Ctrl-C reaches it only through us and its children end with it. */
export function start({ command, args, log, env = process.env, cwd = ROOT, onLine }: Command): ChildProcess {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const output = createWriteStream(log, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(output, { end: false });
    if (onLine) createInterface({ input: stream }).on('line', onLine);
  }
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    output.end();
  });
  return child;
}

/** Runs a program to its end. Resolves to its exit code; 127 when it is not installed. */
export async function run(command: Command): Promise<number> {
  const child = start(command);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } catch (error) {
    running.delete(child);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 127;
    throw error;
  }
}

/** Ends a program and its children: politely, after `graceMs` by force. */
export async function stop(child: ChildProcess, graceMs = 5000): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  }
  // Function workers may outlive the program that started them.
  signalGroup(child, 'SIGKILL');
}

/** Ends everything that this process started, by force of the same order. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((child) => stop(child)));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: nobody is left in the group. EPERM: macOS says so of a group of zombies.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}
