import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOptions } from './clients.ts';
import type { Stack } from './stack.ts';

/** Runs a scheduled function now. Throws what it threw. */
export async function invoke(stack: Stack, FunctionName: string): Promise<void> {
  const client = new LambdaClient(clientOptions(stack));
  const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  if (FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${Buffer.from(Payload ?? []).toString()}`);
}
