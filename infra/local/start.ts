import { parseArgs } from 'node:util';
import { stopAll } from './child.ts';
import { applyCorrections } from './corrections.ts';
import { deployStack } from './deploy.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type FrontDoor, startFrontDoor } from './front-door.ts';
import { secondsSince, timedReport } from './progress.ts';
import type { Stack } from './stack.ts';
import { DoesNotHold } from './walk/walk.ts';
import { walkThrough } from './walk-through.ts';

const startedAt = performance.now();
const report = timedReport(startedAt);
const opened: (Emulator | FrontDoor)[] = [];

let isInterrupted = false;

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void interrupted(signal));
try {
  const stack = await open();
  await walkThrough(stack, print);
  print(`\n✓ Everything holds. ${secondsSince(startedAt)} s in all.`);
  if (values.once) await close();
  // Otherwise the front door keeps the process alive until a signal comes.
  else printAddresses(stack);
} catch (error) {
  if (!isInterrupted) {
    process.exitCode = 1;
    print(`\n✗ ${describe(error)}`);
    await close();
  }
}

/** Local AWS, front door, deploy, corrections. */
async function open(): Promise<Stack> {
  const emulator = await startEmulator({ report });
  opened.push(emulator);
  report(`The local AWS answers at ${emulator.endpoint}`);
  const frontDoor = await startFrontDoor({ report });
  opened.push(frontDoor);
  const { endpoint } = emulator;
  const stack = await deployStack({ endpoint, publicUrl: frontDoor.url, siteOrigin: frontDoor.url, report });
  await applyCorrections(stack, { report });
  frontDoor.open(stack);
  return stack;
}

function printAddresses({ siteUrl, publicUrl, mailboxUrl, auditUrl, endpoint }: Stack): void {
  print(`
  Demo shop     ${siteUrl}/shop
  Mailbox       ${mailboxUrl}
  Opt-out form  ${publicUrl}/
  API           ${publicUrl}/openapi.json   (token: npm run -s token)
  Audit trail   ${auditUrl}
  Local AWS     ${endpoint}

Ctrl-C stops everything.`);
}

async function interrupted(signal: NodeJS.Signals): Promise<void> {
  isInterrupted = true;
  print(`\n${signal}: stopping`);
  await close();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

// Last opened, first closed; then what was cut short, such as a deploy.
async function close(): Promise<void> {
  for (const part of opened.splice(0).reverse()) await part.stop();
  await stopAll();
}

function describe(error: unknown): string {
  if (error instanceof DoesNotHold) return `This step does not hold.\n    ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
