import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CannotCheck } from './command-line.ts';

/** Calls a function and waits for what it says. Throws {@link CannotCheck} when it fails; its own words may hold anything, and are not told. */
export function lambdaCall(functionName: string): (input: object) => Promise<unknown> {
  // A call that takes minutes is not to be begun anew because nothing was heard of it yet.
  const client = new LambdaClient({ maxAttempts: 3 });
  return async (input) => {
    const Payload = Buffer.from(JSON.stringify(input));
    const { FunctionError, Payload: answer } = await client.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: 'RequestResponse', Payload }),
    );
    if (FunctionError !== undefined) throw new CannotCheck(`${functionName} failed; its log says why`);
    return JSON.parse(answer?.transformToString() ?? 'null');
  };
}
