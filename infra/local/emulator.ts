import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, stop } from './child.ts';
import { installEmulator } from './install.ts';
import { choosePort } from './port.ts';
import { type Report, silent } from './progress.ts';
import { localPath, toolEnvironment } from './project.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
/** What the local AWS accepts; no secret. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

const DEFAULT_PORT = 4566;
const BOOT_TIMEOUT_MS = 30_000;

export interface EmulatorOptions {
  /** Preferred port; another free one is taken when it is busy. Zero: any. */
  port?: number;
  /** More variables of the emulator. */
  env?: Record<string, string>;
  /** Folder in which its state survives {@link Emulator.stop}, for the next start. Absent: forgotten. */
  stateDir?: string;
  /** Enforce IAM. A deploy fails under it: deploy with `stateDir`, stop, start again with `auth`. */
  auth?: boolean;
  report?: Report;
}

export interface Emulator {
  endpoint: string;
  stop(): Promise<void>;
}

/** Boots the local AWS on loopback; with `AWS_ENDPOINT_URL` set, hands out that endpoint and boots nothing. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const report = options.report ?? silent;
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) {
    report(`Using the endpoint of AWS_ENDPOINT_URL, ${given}; nothing is booted`);
    return { endpoint: given, stop: async () => undefined };
  }
  const launch = await installEmulator(report);
  const port = await choosePort(options.port ?? DEFAULT_PORT, 'the local AWS', report);
  return await boot(launch(port), port, options);
}

async function boot(program: { command: string; args: string[] }, port: number, options: EmulatorOptions) {
  const log = localPath(`emulator-${port}.log`);
  await rm(log, { force: true });
  // Outside the repository: below it functions would be taken for ES modules, as package.json says of everything there.
  const scratch = await mkdtemp(join(tmpdir(), 'heed-local-aws-'));
  const child = start({ ...program, log, env: emulatorEnvironment(port, scratch, options) });
  const shutDown = async () => {
    await stop(child);
    await rm(scratch, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const isUp = await waitForHealth(endpoint, () => child.exitCode !== null);
  if (isUp) return { endpoint, stop: shutDown };
  await shutDown();
  throw new Error(`The local AWS did not start on port ${port} within ${BOOT_TIMEOUT_MS / 1000} s; see ${log}`);
}

/** The variables that MiniStack reads. It must not see an endpoint: it would hand it to its own clients. */
export function emulatorEnvironment(port: number, scratch: string, options: EmulatorOptions): NodeJS.ProcessEnv {
  return {
    ...withoutAws(toolEnvironment()),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // Servers that we do not use, on ports of their own.
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    // It keeps a pid file, buckets and unpacked functions there.
    TMPDIR: scratch,
    S3_DATA_DIR: join(scratch, 's3'),
    ...persistence(options.stateDir),
    ...(options.auth && { AUTH: 'true' }),
    ...options.env,
  };
}

/** An environment without the caller's endpoint, profile and session: they would mix with the local ones. */
export function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(environment).filter(([name]) => !/^AWS_(?!CA_BUNDLE$)/.test(name));
  return Object.fromEntries(own);
}

function persistence(stateDir: string | undefined): Record<string, string> {
  if (stateDir === undefined) return {};
  return { PERSIST_STATE: '1', STATE_DIR: stateDir, S3_PERSIST: '1', S3_DATA_DIR: join(stateDir, 's3') };
}

async function waitForHealth(endpoint: string, hasEnded: () => boolean): Promise<boolean> {
  const deadline = performance.now() + BOOT_TIMEOUT_MS;
  while (performance.now() < deadline && !hasEnded()) {
    if (await isHealthy(endpoint)) return true;
    await sleep(100);
  }
  return false;
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Refused or cut: it is not up yet, and the caller asks again.
    return false;
  }
}
