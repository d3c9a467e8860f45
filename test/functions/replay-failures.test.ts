import { describe, expect, it } from 'vitest';
import { type Outcome, replayFailures } from '../../functions/replay-failures/replay-failures.ts';
import type { ConsumerAnswer, FailureMessage } from '../../shared/domain/ports/stream-failures.ts';
import {
  memoryConsumers,
  memoryFailureMessages,
  memoryStreamShards,
  streamFailure,
} from '../support/memory-stream-failures.ts';

function at(...starts: number[]): FailureMessage[] {
  return starts.map((start) => ({ id: `m${start}`, failure: streamFailure(start) }));
}

function scene(given: FailureMessage[], overrides: Partial<Parameters<typeof replayFailures>[0]> = {}) {
  const messages = memoryFailureMessages(given);
  const consumers = memoryConsumers();
  const outcomes: Record<string, Outcome> = {};
  const report = ({ id }: FailureMessage, outcome: Outcome) => {
    outcomes[id] = outcome;
  };
  const replay = replayFailures({ messages, consumers, shards: memoryStreamShards(), report, ...overrides });
  return { messages, consumers, outcomes, run: (isDryRun = false) => replay({ isDryRun }) };
}

describe('replayFailures', () => {
  it('hands each batch to the function that gave it up, the oldest first, and removes the message (LA-03)', async () => {
    const { messages, consumers, outcomes, run } = scene(at(1000, 99));
    expect(await run()).toEqual({ replayed: 2, left: 0, untried: 0, hidden: 0 });
    const { functionArn } = streamFailure();
    expect(consumers.handed).toEqual([
      { functionArn, records: [{ n: '99' }, { n: '100' }] },
      { functionArn, records: [{ n: '1000' }, { n: '1001' }] },
    ]);
    expect(outcomes.m99).toEqual({ kind: 'replayed', records: 2 });
    expect(messages.left()).toEqual([]);
  });

  it.each(['error', 'failures', 'no-answer'] as const)('keeps the message when the answer is %s', async (why) => {
    const { messages, outcomes, run } = scene(at(1), { consumers: memoryConsumers(() => ({ kind: 'refused', why })) });
    expect(await run()).toMatchObject({ replayed: 0, left: 1, untried: 0 });
    expect(outcomes.m1).toEqual({ kind: 'refused', why });
    expect(messages.left()).toEqual(['m1']);
  });

  it('keeps a message whose records are gone, and replays the others', async () => {
    const { messages, consumers, outcomes, run } = scene(at(1, 2), { shards: memoryStreamShards(1) });
    expect(await run()).toMatchObject({ replayed: 1, left: 1 });
    expect(outcomes.m1).toEqual({ kind: 'gone' });
    expect(consumers.handed).toHaveLength(1);
    expect(messages.left()).toEqual(['m1']);
  });

  it('leaves a message of another kind and hands nothing out', async () => {
    const { messages, consumers, outcomes, run } = scene([{ id: 'strange' }]);
    expect(await run()).toMatchObject({ replayed: 0, left: 1 });
    expect(outcomes.strange).toEqual({ kind: 'foreign' });
    expect(consumers.handed).toEqual([]);
    expect(messages.left()).toEqual(['strange']);
  });

  it('goes on after one that could not be tried, and says no more of it than the name of the error', async () => {
    const shards = memoryStreamShards();
    const read: typeof shards.read = (failure) =>
      failure.startSequenceNumber === '1' ? Promise.reject(new TypeError('jane@example.org')) : shards.read(failure);
    const { messages, outcomes, run } = scene(at(1, 2), { shards: { read } });
    expect(await run()).toEqual({ replayed: 1, left: 1, untried: 1, hidden: 0 });
    expect(outcomes.m1).toEqual({ kind: 'untried', error: 'TypeError' });
    expect(messages.left()).toEqual(['m1']);
  });

  it('is harmless twice, and the second time finds what the first has left', async () => {
    let answer: ConsumerAnswer = { kind: 'refused', why: 'error' };
    const consumers = memoryConsumers(() => answer);
    const { messages, run } = scene(at(1, 2), { consumers });
    expect(await run()).toMatchObject({ replayed: 0, left: 2 });
    answer = { kind: 'done' };
    expect(await run()).toMatchObject({ replayed: 2, left: 0 });
    expect(await run()).toEqual({ replayed: 0, left: 0, untried: 0, hidden: 0 });
    expect(messages.left()).toEqual([]);
    expect(consumers.handed[0]).toEqual(consumers.handed[2]);
  });

  it('brings the same batch again when the message could not be removed', async () => {
    const messages = memoryFailureMessages(at(1));
    const { remove } = messages;
    messages.remove = () => Promise.reject(new Error('no'));
    const { consumers, run } = scene([], { messages });
    expect(await run()).toMatchObject({ replayed: 0, left: 1, untried: 1 });
    messages.remove = remove;
    expect(await run()).toMatchObject({ replayed: 1, left: 0 });
    expect(consumers.handed[0]).toEqual(consumers.handed[1]);
  });

  it('says what another run has taken', async () => {
    const { messages, run } = scene(at(1));
    await messages.take();
    expect(await run()).toEqual({ replayed: 0, left: 0, untried: 0, hidden: 1 });
  });

  it('only lists in a dry run', async () => {
    const { messages, consumers, outcomes, run } = scene([...at(1), { id: 'strange' }]);
    expect(await run(true)).toMatchObject({ replayed: 0, left: 2 });
    expect(outcomes).toEqual({ m1: { kind: 'listed' }, strange: { kind: 'foreign' } });
    expect(consumers.handed).toEqual([]);
    expect((await messages.take()).messages).toHaveLength(2);
  });
});
