import { setTimeout as wait } from 'node:timers/promises';
import { readArguments, UsageError } from '../../shared/adapters/command-line.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import type { Terminal } from '../../shared/adapters/terminal.ts';
import { type ReplaySummary, replayFailures } from './replay-failures.ts';
import { outcomeLine, summaryLine } from './replay-words.ts';

export const aim = 'replay';

export const usage = `Usage: npx heed replay-failures <URL of the failure queue> [--dry-run]

Hands the records that a consumer of the registry's stream gave up to it once more, and removes each message whose
records were all taken. The stream keeps records for 24 hours. Consumers bear repeats: running this twice is harmless.
The URL is the output StreamFailuresQueueUrl of the service stack.

  --dry-run  Lists the messages and leaves them.
  --help     This text.

Needs sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes on the queue,
dynamodb:GetShardIterator and dynamodb:GetRecords on the stream, kms:Decrypt on the table's key,
lambda:InvokeFunction on the consumers.

Exit code: 0 everything is replayed, 1 something is left in the queue, 2 something could not be tried.
`;

const OPTIONS = { 'dry-run': { type: 'boolean' } } as const;

export async function run(args: readonly string[], { output }: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [queueUrl, ...others] = positionals;
  if (queueUrl === undefined || others.length > 0 || !/^https?:\/\//.test(queueUrl))
    throw new UsageError('Name the URL of one queue');
  const replay = replayFailures({
    ...(await openAws(queueUrl)),
    report: (message, outcome) => output.write(outcomeLine(message, outcome)),
  });
  const summary = await replay({ isDryRun: values['dry-run'] === true });
  output.write(summaryLine(summary));
  return exitCode(summary);
}

// Only here: the other commands, and --help, need no AWS SDK.
async function openAws(queueUrl: string) {
  const [{ sqsFailureMessages }, { dynamoStreamShards }, { lambdaConsumers }] = await Promise.all([
    import('../../shared/adapters/sqs-failure-messages.ts'),
    import('../../shared/adapters/dynamo-stream-shards.ts'),
    import('../../shared/adapters/lambda-consumers.ts'),
  ]);
  // Queue, stream and functions share a region. In another one the stream would be "not found", and its records taken for lost.
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1];
  const place = region === undefined ? {} : { region };
  return {
    messages: sqsFailureMessages(queueUrl, place),
    shards: dynamoStreamShards({ ...place, pause: () => wait(250) }),
    consumers: lambdaConsumers(place),
  };
}

function exitCode({ left, untried, hidden }: ReplaySummary): ExitCode {
  if (untried > 0) return 2;
  return left + hidden > 0 ? 1 : 0;
}
