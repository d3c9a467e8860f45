import type {
  Consumers,
  FailureMessage,
  FailureMessages,
  StreamFailure,
  StreamShards,
} from '../../shared/domain/ports/stream-failures.ts';

/** What became of a message. All but those `replayed` are still in the queue. */
export type Outcome =
  | { kind: 'replayed'; records: number }
  | { kind: 'listed' | 'foreign' | 'gone' }
  | { kind: 'refused'; why: 'error' | 'failures' | 'no-answer' }
  /** Name of the error; its text may hold anything. */
  | { kind: 'untried'; error: string };

export interface ReplaySummary {
  replayed: number;
  left: number;
  /** Among those left: could not be tried. */
  untried: number;
  /** Taken by somebody else, another run for one. */
  hidden: number;
}

interface Ports {
  messages: FailureMessages;
  shards: StreamShards;
  consumers: Consumers;
  report: (message: FailureMessage, outcome: Outcome) => void;
}

/**
 * Hands what consumers of the stream gave up to them once more (LA-03). A message goes only after its consumer has taken all of its records;
 * one that cannot be replayed keeps none of the others from it. Running it twice is harmless: consumers bear repeats (LA-02).
 */
export function replayFailures({ messages, report, ...ports }: Ports) {
  const replay = async (message: FailureMessage): Promise<Outcome> => {
    const outcome = await hand(message, ports);
    if (outcome.kind === 'replayed') await messages.remove(message);
    return outcome;
  };
  return async ({ isDryRun }: { isDryRun: boolean }): Promise<ReplaySummary> => {
    const taken = await messages.take();
    const summary = { replayed: 0, left: 0, untried: 0, hidden: taken.hidden };
    for (const message of taken.messages.toSorted(byAge)) {
      const outcome = isDryRun ? listed(message) : await replay(message).catch(untried);
      if (outcome.kind !== 'replayed') await messages.release(message);
      report(message, outcome);
      count(summary, outcome);
    }
    return summary;
  };
}

async function hand({ failure }: FailureMessage, { shards, consumers }: Pick<Ports, 'shards' | 'consumers'>) {
  if (failure === undefined) return { kind: 'foreign' } as const;
  const records = await shards.read(failure);
  if (records === 'gone') return { kind: 'gone' } as const;
  const answer = await consumers.hand(failure.functionArn, records);
  return answer.kind === 'done' ? ({ kind: 'replayed', records: records.length } as const) : answer;
}

function listed({ failure }: FailureMessage): Outcome {
  return { kind: failure === undefined ? 'foreign' : 'listed' };
}

// Whatever it was, the message stays and the next one has its turn.
function untried(error: unknown): Outcome {
  return { kind: 'untried', error: error instanceof Error ? error.name : 'unknown' };
}

function count(summary: ReplaySummary, { kind }: Outcome): void {
  if (kind === 'replayed') summary.replayed += 1;
  else summary.left += 1;
  if (kind === 'untried') summary.untried += 1;
}

// The queue keeps no order. Sequence numbers have up to 40 digits, and those of an item only grow.
function byAge(a: FailureMessage, b: FailureMessage): number {
  const [first, second] = [start(a.failure), start(b.failure)];
  return first < second ? -1 : Number(first > second);
}

function start(failure: StreamFailure | undefined): bigint {
  return BigInt(failure?.startSequenceNumber ?? 0);
}
