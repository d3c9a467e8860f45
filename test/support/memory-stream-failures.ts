import type {
  ConsumerAnswer,
  Consumers,
  FailureMessage,
  FailureMessages,
  LambdaRecord,
  StreamFailure,
  StreamShards,
} from '../../shared/domain/ports/stream-failures.ts';

export function streamFailure(start = 100, overrides: Partial<StreamFailure> = {}): StreamFailure {
  return {
    functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:heed-append-ledger',
    streamArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/heed/stream/2026-11-23T00:00:00.000',
    shardId: 'shardId-00000001573689847184-864758bb',
    startSequenceNumber: String(start),
    endSequenceNumber: String(start + 1),
    ...overrides,
  };
}

/** A failure queue whose messages are hidden once taken, until released. */
export function memoryFailureMessages(messages: readonly FailureMessage[]): FailureMessages & { left(): string[] } {
  const kept = new Map(messages.map((message) => [message.id, { message, isTaken: false }]));
  const setTaken = (id: string, isTaken: boolean) => {
    const entry = kept.get(id);
    if (entry === undefined) throw new Error(`There is no message ${id}`);
    entry.isTaken = isTaken;
    return entry.message;
  };
  return {
    left: () => [...kept.keys()],
    take: async () => {
      const free = [...kept.values()].filter(({ isTaken }) => !isTaken);
      const hidden = kept.size - free.length;
      return { messages: free.map(({ message }) => setTaken(message.id, true)), hidden };
    },
    remove: async ({ id }) => {
      kept.delete(id);
    },
    release: async ({ id }) => {
      setTaken(id, false);
    },
  };
}

/** Two records for each batch, but for those batches that begin at one of `gone`. */
export function memoryStreamShards(...gone: number[]): StreamShards {
  return {
    read: async ({ startSequenceNumber, endSequenceNumber }) =>
      gone.includes(Number(startSequenceNumber)) ? 'gone' : [{ n: startSequenceNumber }, { n: endSequenceNumber }],
  };
}

/** Functions that keep what they were handed. */
export function memoryConsumers(
  answer: (records: readonly LambdaRecord[]) => ConsumerAnswer = () => ({ kind: 'done' }),
) {
  const handed: { functionArn: string; records: readonly LambdaRecord[] }[] = [];
  const consumers: Consumers = {
    hand: async (functionArn, records) => {
      handed.push({ functionArn, records });
      return answer(records);
    },
  };
  return { ...consumers, handed };
}
