import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

export interface Targets {
  TableName: string;
  Bucket: string;
  QueueUrl: string;
}

/** What became of each attempt: `done`, or the name of the error. */
export type Outcomes = Record<string, string>;

/** Code that is put into a function's place, under its role, and tries whatever it can. Bundled and deployed by `iam.test.ts`. */
export async function handler({ TableName, Bucket, QueueUrl }: Targets): Promise<Outcomes> {
  const dynamo = new DynamoDBClient({ maxAttempts: 1 });
  const Key = { pk: { S: 'INTRUDER' }, sk: { S: 'INTRUDER' } };
  const attempts = {
    GetItem: () => dynamo.send(new GetItemCommand({ TableName, Key })),
    PutItem: () => dynamo.send(new PutItemCommand({ TableName, Item: Key })),
    UpdateItem: () => dynamo.send(new UpdateItemCommand({ TableName, Key })),
    TransactWriteItems: () =>
      dynamo.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] })),
    DeleteItem: () => dynamo.send(new DeleteItemCommand({ TableName, Key })),
    PutObject: () =>
      new S3Client({ forcePathStyle: true, maxAttempts: 1 }).send(
        new PutObjectCommand({ Bucket, Key: 'ledger/intruder', Body: 'x' }),
      ),
    SendMessage: () => new SQSClient({ maxAttempts: 1 }).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
  };
  const outcomes: Outcomes = {};
  for (const [name, attempt] of Object.entries(attempts)) outcomes[name] = await outcomeOf(attempt);
  return outcomes;
}

async function outcomeOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
