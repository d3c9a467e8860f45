import { writeSync } from 'node:fs';

/** What a fresh process tells on file descriptor 3, one JSON line per stage. */
export type Told =
  | { stage: 'answered'; importMs: number; cpuMs: number; answer: unknown }
  | { stage: 'warm'; cpuMicrosPerRequest: number };

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [bundle = '', eventText = '', warmText = '0'] = process.argv.slice(2);
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 20_000 };

async function run(): Promise<void> {
  const before = performance.now();
  const { handler } = require(bundle) as { handler: Handler };
  const importMs = performance.now() - before;
  const event: unknown = JSON.parse(eventText);
  const answer = await handler(event, context);
  const { user, system } = process.cpuUsage();
  tell({ stage: 'answered', importMs, cpuMs: (user + system) / 1000, answer });
  const requests = Number(warmText);
  if (requests > 0)
    tell({ stage: 'warm', cpuMicrosPerRequest: await warmCpu(() => handler(event, context), requests) });
  process.exit(0);
}

// The first half only warms up: its compilation is part of the start, not of a request.
async function warmCpu(request: () => Promise<unknown>, requests: number): Promise<number> {
  for (let done = 0; done < requests; done += 1) await request();
  const before = process.cpuUsage();
  for (let done = 0; done < requests; done += 1) await request();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

function tell(told: Told): void {
  writeSync(3, `${JSON.stringify(told)}\n`);
}

void run();
