import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.ts';
import { type Report, silent } from './progress.ts';
import { localPath, toolEnvironment } from './project.ts';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const LOG = 'install.log';

/** How to start the local AWS; Docker needs to know the port that it publishes. */
export type Launch = (port: number) => { command: string; args: string[] };

/** One way to get the emulator. Resolves to nothing where its tool is missing or fails. */
interface Way {
  tool: string;
  install(pins: readonly string[]): Promise<Launch | undefined>;
}

const WAYS: readonly Way[] = [
  { tool: 'python3 -m venv', install: withVenv },
  { tool: 'uv', install: withUv },
  { tool: 'pipx', install: withPipx },
  { tool: 'docker', install: withDocker },
];

/** Finds the pinned emulator in `.local/`, or installs it with the first tool that this machine has. */
export async function installEmulator(report: Report = silent): Promise<Launch> {
  const pins = pinsOf(await readFile(REQUIREMENTS, 'utf8'));
  if (await isInstalled()) return executable('venv', 'bin', 'ministack');
  report(`Installing the local AWS (${pins.join(', ')}) into .local/, once`);
  for (const { tool, install } of WAYS) {
    const launch = await install(pins);
    if (launch !== undefined) return launch;
    report(`  not with ${tool}: missing or failing on this machine`);
  }
  throw new Error(`The local AWS could not be installed (.local/${LOG} says why). It needs Python 3.10 or later with its \
venv module (Debian, Ubuntu: apt install python3-venv), or uv (https://docs.astral.sh/uv), or pipx, or a running Docker.`);
}

/** The pinned packages of a requirements file, without its comments. */
export function pinsOf(requirements: string): string[] {
  return requirements.split('\n').filter((line) => /^[a-z]/i.test(line));
}

// A copy of the requirements inside the venv tells which ones it was made of: a changed pin makes a new one.
async function isInstalled(): Promise<boolean> {
  const [wanted, found] = await Promise.all([readFile(REQUIREMENTS, 'utf8'), readStamp()]);
  return wanted === found;
}

async function readStamp(): Promise<string> {
  return await readFile(localPath('venv', 'requirements.txt'), 'utf8').catch(() => '');
}

async function withVenv(): Promise<Launch | undefined> {
  for (const python of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const isRecent = await succeeds(python, '-c', 'import sys; sys.exit(sys.version_info < (3, 10))');
    if (isRecent && (await succeeds(python, '-m', 'venv', '--clear', localPath('venv')))) return await fillVenv();
  }
  return undefined;
}

async function fillVenv(): Promise<Launch | undefined> {
  const pip = localPath('venv', 'bin', 'pip');
  if (!(await succeeds(pip, 'install', '--disable-pip-version-check', '-r', REQUIREMENTS))) return undefined;
  return await stamped();
}

async function withUv(): Promise<Launch | undefined> {
  await rm(localPath('venv'), { recursive: true, force: true });
  if (!(await succeeds('uv', 'venv', '--python', '>=3.10', localPath('venv')))) return undefined;
  const python = localPath('venv', 'bin', 'python');
  if (!(await succeeds('uv', 'pip', 'install', '--python', python, '-r', REQUIREMENTS))) return undefined;
  return await stamped();
}

async function stamped(): Promise<Launch> {
  await cp(REQUIREMENTS, localPath('venv', 'requirements.txt'));
  return executable('venv', 'bin', 'ministack');
}

async function withPipx([emulator = '', ...extras]: readonly string[]): Promise<Launch | undefined> {
  const env = { PIPX_HOME: localPath('pipx'), PIPX_BIN_DIR: localPath('pipx', 'bin') };
  if (!(await succeedsWith(env, 'pipx', 'install', '--force', emulator))) return undefined;
  if (!(await succeedsWith(env, 'pipx', 'inject', emulator.split('==')[0] ?? '', ...extras))) return undefined;
  return executable('pipx', 'bin', 'ministack');
}

async function withDocker([emulator = '']: readonly string[]): Promise<Launch | undefined> {
  const image = `ministackorg/ministack:${emulator.split('==')[1]}`;
  if (!(await succeeds('docker', 'pull', image))) return undefined;
  return (port) => ({ command: 'docker', args: dockerArguments(image, port) });
}

// The container listens on all of its own interfaces, but the machine publishes it on loopback only.
function dockerArguments(image: string, port: number): string[] {
  const variables = ['GATEWAY_PORT', 'MINISTACK_REGION', 'PERSIST_STATE', 'AUTH'].flatMap((name) => ['-e', name]);
  return ['run', '--rm', '--init', '-p', `127.0.0.1:${port}:${port}`, '-e', 'BIND_HOST=0.0.0.0', ...variables, image];
}

function executable(...parts: string[]): Launch {
  return () => ({ command: localPath(...parts), args: [] });
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
  return await succeedsWith({}, command, ...args);
}

async function succeedsWith(extra: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<boolean> {
  const log = localPath(LOG);
  await writeFile(log, `\n$ ${[command, ...args].join(' ')}\n`, { flag: 'a' });
  return (await run({ command, args, log, env: { ...toolEnvironment(), ...extra } })) === 0;
}
