import { readLedger } from '../../infra/local/audit-trail.ts';
import type { Stack } from '../../infra/local/stack.ts';
import { MARKER } from './addresses.ts';
import { readLogs } from './logs.ts';

/** Everything that Heed wrote where nothing can be forgotten, by the place where it lies. */
async function keptText(stack: Stack): Promise<Record<'log' | 'audit trail' | 'queue', string[]>> {
  const [log, ledger, queue] = await Promise.all([readLogs(stack), readLedger(stack), readQueues(stack)]);
  return { log, 'audit trail': ledger.flatMap(({ key, lines }) => [key, ...lines]), queue };
}

/** Lines that hold a readable address of these tests, and how much was looked through. */
export async function leaksOf(
  stack: Stack,
  words: readonly string[] = [MARKER],
): Promise<{ leaks: string[]; seen: string }> {
  const kept = Object.entries(await keptText(stack));
  const leaks = kept.flatMap(([place, lines]) =>
    lines.filter((line) => words.some((word) => line.toLowerCase().includes(word))).map((line) => `${place}: ${line}`),
  );
  return { leaks, seen: kept.map(([place, { length }]) => `${length} lines of the ${place}`).join(', ') };
}

interface Queues {
  /** By account, region and queue. */
  messages: Record<string, Record<string, Record<string, unknown[]>>>;
}

/** Messages in every queue: mail orders, dead letters, and the events that the tap collected. */
async function readQueues({ endpoint }: Stack): Promise<string[]> {
  const answer = await fetch(`${endpoint}/_ministack/sqs/messages`);
  if (!answer.ok) throw new Error(`The queues answered ${answer.status}`);
  const { messages } = (await answer.json()) as Queues;
  const queues = Object.values(messages)
    .flatMap(Object.values<Record<string, unknown[]>>)
    .flatMap(Object.values<unknown[]>);
  return queues.flat().map((message) => JSON.stringify(message));
}
