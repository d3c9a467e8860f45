import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eachRecord } from '../../shared/stream/each-record.ts';
import event from '../fixtures/aws-events/sqs-event.json' with { type: 'json' };

/** Hands out the numbers 1 to 4, of which some fail. */
async function handOut({ isOrdered, failing }: { isOrdered: boolean; failing: number[] }) {
  const handled: number[] = [];
  const reported: [unknown, string][] = [];
  const consume = eachRecord<number>({
    identify: String,
    isOrdered,
    handle: async (record) => {
      await Promise.resolve();
      handled.push(record);
      if (failing.includes(record)) throw new Error('no');
    },
    report: (error, id) => reported.push([error, id]),
  });
  return { answer: await consume({ Records: [1, 2, 3, 4] }), handled, reported };
}

describe('eachRecord', () => {
  it('reports no failure when all went well', async () => {
    expect(await handOut({ isOrdered: true, failing: [] })).toMatchObject({
      answer: { batchItemFailures: [] },
      handled: [1, 2, 3, 4],
    });
  });

  it('stops an ordered batch at its first failure and names only that one (LA-02)', async () => {
    const { answer, handled, reported } = await handOut({ isOrdered: true, failing: [2, 4] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(handled).toEqual([1, 2]);
    expect(reported).toEqual([[expect.any(Error), '2']]);
  });

  it('goes on through an unordered batch and names each failure', async () => {
    const { answer, handled, reported } = await handOut({ isOrdered: false, failing: [2, 4] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }, { itemIdentifier: '4' }] });
    expect(handled).toEqual([1, 2, 3, 4]);
    expect(reported).toHaveLength(2);
  });

  it('takes an empty batch', async () => {
    const consume = eachRecord({ identify: String, handle: async () => {}, isOrdered: true, report: () => {} });
    expect(await consume({ Records: [] })).toEqual({ batchItemFailures: [] });
  });

  it("hands out SQS's records as they are and names them by their message's id", async () => {
    const seen: SQSRecord[] = [];
    const consume = eachRecord<SQSRecord>({
      identify: ({ messageId }) => messageId,
      handle: async (record) => {
        seen.push(record);
        throw new Error('no');
      },
      isOrdered: false,
      report: () => {},
    });
    const batch = event as unknown as { Records: SQSRecord[] };
    expect(await consume(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'MessageID_1' }] });
    expect(seen).toEqual(batch.Records);
  });
});
