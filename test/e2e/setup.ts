import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { applyCorrections } from '../../infra/local/corrections.ts';
import { deployStack } from '../../infra/local/deploy.ts';
import { type Emulator, startEmulator } from '../../infra/local/emulator.ts';
import { startFrontDoor } from '../../infra/local/front-door.ts';
import { timedReport } from '../../infra/local/progress.ts';
import { localPath } from '../../infra/local/project.ts';
import type { Stack } from '../../infra/local/stack.ts';
import { leaksOf } from './leaks.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { tapEvents } from './tap.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    stack: Stack;
  }
}

/** Name of the project in which the local AWS enforces IAM. */
const ENFORCED = 'e2e-iam';

/** Boots the local AWS, deploys Heed as everybody does and opens its front door; stops all of it after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  stopOnSignal();
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    await rm(localPath(project.name), { recursive: true, force: true });
    const stack = await open(stops, project.name);
    project.provide('stack', stack);
    return async () => {
      try {
        await expectNoLeaks(stack);
      } finally {
        await close();
      }
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(stops: (() => Promise<void>)[], folder: string): Promise<Stack> {
  const report = timedReport();
  const state = folder === ENFORCED ? { stateDir: await mkdtemp(join(tmpdir(), 'heed-state-')) } : {};
  // An endpoint that somebody else runs cannot be started again.
  if (folder === ENFORCED) delete process.env.AWS_ENDPOINT_URL;
  const emulator = await startEmulator({ port: 0, report, ...state });
  stops.push(emulator.stop);
  const { endpoint } = emulator;
  const frontDoor = await startFrontDoor({ port: 0, report });
  stops.push(frontDoor.stop);
  const origins = { publicUrl: frontDoor.url, siteOrigin: frontDoor.url };
  const stack = await deployStack({ endpoint, ...origins, report, folder });
  await applyCorrections(stack, { report, folder });
  await tapEvents(stack);
  if (state.stateDir !== undefined) stops.push(await enforce(emulator, state.stateDir));
  frontDoor.open(stack);
  return stack;
}

// Policies are enforced from the second start on, since a deploy fails under enforcement locally.
async function enforce({ endpoint, stop }: Emulator, stateDir: string): Promise<() => Promise<void>> {
  await stop();
  const again = await startEmulator({ port: Number(new URL(endpoint).port), stateDir, auth: true });
  return async () => {
    await again.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
}

// Rule 4 of the design, over all that the whole run left behind: every address in these tests bears the marker.
async function expectNoLeaks(stack: Stack): Promise<void> {
  const { leaks, seen } = await leaksOf(stack);
  process.stdout.write(`Looked for addresses in ${seen}: ${leaks.length} found\n`);
  if (leaks.length > 0) throw new Error(`Readable addresses were kept:\n${leaks.slice(0, 20).join('\n')}`);
}
