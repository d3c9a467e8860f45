import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { lambdaConsumers } from '../../shared/adapters/lambda-consumers.ts';

const lambda = mockClient(LambdaClient);
const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:heed-dispatch';

beforeEach(() => {
  lambda.reset();
  lambda.on(InvokeCommand).resolves(answer('{"batchItemFailures":[]}'));
});

/** As the SDK gives it: bytes that know how to become text. */
function answer(text: string, FunctionError?: string) {
  const Payload = Object.assign(Buffer.from(text), { transformToString: () => text }) as never;
  return { Payload, ...(FunctionError && { FunctionError }) };
}

const sent = () => lambda.commandCalls(InvokeCommand).map(({ args }) => JSON.parse(String(args[0].input.Payload)));

describe('lambdaConsumers', () => {
  it('invokes the function with the records, as the stream would, and waits', async () => {
    expect(await lambdaConsumers({}).hand(ARN, [{ n: 1 }, { n: 2 }])).toEqual({ kind: 'done' });
    expect(sent()).toEqual([{ Records: [{ n: 1 }, { n: 2 }] }]);
    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toMatchObject({
      FunctionName: ARN,
      InvocationType: 'RequestResponse',
    });
  });

  it.each([
    ['error', answer('{"batchItemFailures":[]}', 'Unhandled')],
    ['failures', answer('{"batchItemFailures":[{"itemIdentifier":"1"}]}')],
    ['failures', answer('{"batchItemFailures":[{"itemIdentifier":null}]}')],
    ['no-answer', answer('null')],
    ['no-answer', answer('{}')],
    ['no-answer', answer('{"batchItemFailures":null}')],
    ['no-answer', answer('')],
    ['no-answer', {}],
  ])('is told %s by %j (LA-02)', async (why, output) => {
    lambda.on(InvokeCommand).resolves(output);
    expect(await lambdaConsumers({}).hand(ARN, [{ n: 1 }])).toEqual({ kind: 'refused', why });
  });

  it('sends what is too large for one call in pieces, and stops at the first that is refused', async () => {
    const records = [1, 2, 3, 4, 5].map((n) => ({ n, text: 'ä'.repeat(10) }));
    const small = lambdaConsumers({}, 80);
    expect(await small.hand(ARN, records)).toEqual({ kind: 'done' });
    expect(sent()).toEqual([
      { Records: records.slice(0, 2) },
      { Records: records.slice(2, 4) },
      { Records: records.slice(4) },
    ]);

    lambda.reset();
    lambda.on(InvokeCommand).resolvesOnce(answer('{"batchItemFailures":[]}')).resolves(answer('', 'Unhandled'));
    expect(await small.hand(ARN, records)).toEqual({ kind: 'refused', why: 'error' });
    expect(sent()).toHaveLength(2);
  });

  it('rejects when the function could not be called', async () => {
    lambda.on(InvokeCommand).rejects(new Error('no'));
    await expect(lambdaConsumers({}).hand(ARN, [{ n: 1 }])).rejects.toThrow('no');
  });
});
