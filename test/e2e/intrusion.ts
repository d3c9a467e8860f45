import { join } from 'node:path';
import {
  CreateFunctionCommand,
  type FunctionConfiguration,
  InvokeCommand,
  LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { clientOptions } from '../../infra/local/clients.ts';
import type { Stack } from '../../infra/local/stack.ts';
import type { Outcomes, Targets } from './intruder.ts';
import { zip } from './zip.ts';

/** Puts foreign code under the role of a capability's function and tells what it could do. */
export async function intrude(stack: Stack, capability: string): Promise<Outcomes> {
  const lambda = new LambdaClient(clientOptions(stack));
  const { Role } = await functionOf(lambda, capability);
  const FunctionName = `heed-e2e-intruder-${capability}`;
  const ZipFile = zip('index.js', await bundleIntruder());
  const shape = { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 20 } as const;
  await lambda.send(new CreateFunctionCommand({ FunctionName, Role, Code: { ZipFile }, ...shape }));
  const payload = JSON.stringify(await targetsOf(stack));
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: payload }));
  const answer = Buffer.from(Payload ?? []).toString();
  if (FunctionError !== undefined) throw new Error(`The intruder itself failed: ${answer}`);
  return JSON.parse(answer) as Outcomes;
}

async function functionOf(client: LambdaClient, capability: string): Promise<FunctionConfiguration> {
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    const found = Functions.find(({ Description }) => Description === `Heed: ${capability}`);
    if (found !== undefined) return found;
  }
  throw new Error(`No function is described as "Heed: ${capability}"`);
}

async function targetsOf(stack: Stack): Promise<Targets> {
  const { QueueUrls = [] } = await new SQSClient(clientOptions(stack)).send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => /MailQueue(?!Failures)/.test(url));
  if (QueueUrl === undefined) throw new Error('There is no mail queue');
  return { TableName: stack.tables.registry, Bucket: stack.auditBucket, QueueUrl };
}

async function bundleIntruder(): Promise<Buffer> {
  const entry = join(import.meta.dirname, 'intruder.ts');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minify: true,
    write: false,
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}
