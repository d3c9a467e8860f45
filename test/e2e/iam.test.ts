import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applyCorrections } from '../../infra/local/corrections.ts';
import { deployStack } from '../../infra/local/deploy.ts';
import { type Emulator, startEmulator } from '../../infra/local/emulator.ts';
import { type FrontDoor, startFrontDoor } from '../../infra/local/front-door.ts';
import type { Stack } from '../../infra/local/stack.ts';
import { walkThrough } from '../../infra/local/walk-through.ts';
import { routes } from '../../infra/routes.ts';
import { intrude } from './intrusion.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const FOLDER = 'e2e-iam';

let stateDir: string;
let emulator: Emulator | undefined;
let frontDoor: FrontDoor | undefined;
let stack: Stack;

// Policies are enforced from the second start on, since a deploy fails under enforcement locally.
beforeAll(async () => {
  stopOnSignal();
  // An endpoint that somebody else runs cannot be started again.
  vi.stubEnv('AWS_ENDPOINT_URL', '');
  stateDir = await mkdtemp(join(tmpdir(), 'heed-state-'));
  emulator = await startEmulator({ port: 0, stateDir });
  const { endpoint } = emulator;
  frontDoor = await startFrontDoor({ port: 0 });
  stack = await deployStack({ endpoint, publicUrl: frontDoor.url, siteOrigin: frontDoor.url, folder: FOLDER });
  await applyCorrections(stack, { folder: FOLDER });
  await emulator.stop();
  emulator = await startEmulator({ port: Number(new URL(endpoint).port), stateDir, auth: true });
  expect(emulator.endpoint).toBe(endpoint);
  frontDoor.open(stack);
});

afterAll(async () => {
  await frontDoor?.stop();
  await emulator?.stop();
  await rm(stateDir, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

test('the whole main job works with exactly the permissions that are granted', async () => {
  const printed: string[] = [];
  await walkThrough(stack, (line) => printed.push(line));
  expect(printed.join('\n')).toContain('retention-deleted');
});

const REFUSED = expect.stringMatching(/^AccessDenied/);
const NO_WRITE = {
  PutItem: REFUSED,
  UpdateItem: REFUSED,
  TransactWriteItems: REFUSED,
  DeleteItem: REFUSED,
  PutObject: REFUSED,
  SendMessage: REFUSED,
};

// Rule 2 of the design: by the role and not by care.
describe('foreign code in a function that answers GET', () => {
  const looking = new Set(routes.filter(({ method }) => method !== 'POST').map(({ capability }) => capability));
  test.each([...looking])('cannot write anything as %s', async (capability) => {
    expect(await intrude(stack, capability)).toMatchObject(NO_WRITE);
  });
});

test('foreign code can read where reading is granted: the refusals are about writing', async () => {
  expect(await intrude(stack, 'check-suppression')).toEqual({ GetItem: 'done', ...NO_WRITE });
});

test('foreign code in the function that takes opt-outs can add, but neither delete nor write the audit trail', async () => {
  expect(await intrude(stack, 'submit-opt-out')).toMatchObject({
    PutItem: 'done',
    DeleteItem: REFUSED,
    PutObject: REFUSED,
    SendMessage: REFUSED,
  });
});
