import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { ConsumerAnswer, Consumers, LambdaRecord } from '../domain/ports/stream-failures.ts';

/** Lambda takes 6 MB from a caller that waits. */
const MAX_BYTES = 5_000_000;

const answerSchema = z.object({ batchItemFailures: z.array(z.unknown()) });

/** {@link Consumers} on Lambda: invokes the function and waits. What is too large for one call goes in pieces, in order. */
export function lambdaConsumers({ region }: { region?: string }, maxBytes = MAX_BYTES): Consumers {
  const client = new LambdaClient(region === undefined ? {} : { region });
  return {
    hand: async (functionArn, records) => {
      for (const Payload of payloads(records, maxBytes)) {
        const call = new InvokeCommand({ FunctionName: functionArn, InvocationType: 'RequestResponse', Payload });
        const answer = readAnswer(await client.send(call));
        if (answer.kind !== 'done') return answer;
      }
      return { kind: 'done' };
    },
  };
}

/** Batches as the stream would have brought them, as JSON. */
function* payloads(records: readonly LambdaRecord[], maxBytes: number): Generator<Buffer> {
  let piece: string[] = [];
  let bytes = 0;
  for (const json of records.map((record) => JSON.stringify(record))) {
    const size = Buffer.byteLength(json) + 1;
    if (piece.length > 0 && bytes + size > maxBytes) {
      yield eventOf(piece);
      [piece, bytes] = [[], 0];
    }
    piece.push(json);
    bytes += size;
  }
  yield eventOf(piece);
}

function eventOf(piece: readonly string[]): Buffer {
  return Buffer.from(`{"Records":[${piece.join(',')}]}`);
}

// Its words are not read: a function that failed may say anything in them.
function readAnswer({ FunctionError, Payload }: InvokeCommandOutput): ConsumerAnswer {
  if (FunctionError !== undefined) return { kind: 'refused', why: 'error' };
  const answer = answerSchema.safeParse(parseJson(Payload?.transformToString() ?? ''));
  if (!answer.success) return { kind: 'refused', why: 'no-answer' };
  return answer.data.batchItemFailures.length === 0 ? { kind: 'done' } : { kind: 'refused', why: 'failures' };
}

// Named failure: no answer, or none in JSON.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
