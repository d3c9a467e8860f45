import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { TEST_SECRET } from './test-key-ring.ts';

/** Every client that a handler may hold, answering nothing until told; the key ring is the tests' own. */
export const aws = {
  dynamo: mockClient(DynamoDBClient),
  secrets: mockClient(SecretsManagerClient),
  queue: mockClient(SQSClient),
  bus: mockClient(EventBridgeClient),
  bucket: mockClient(S3Client),
  mail: mockClient(SESv2Client),
  texts: mockClient(PinpointSMSVoiceV2Client),
  signing: mockClient(KMSClient),
};

export function resetClients(): void {
  for (const client of Object.values(aws)) client.reset();
  aws.secrets.on(GetSecretValueCommand).resolves({ SecretString: TEST_SECRET });
}

/** Names of all commands that were sent, to any service. */
export function sentCommands(): string[] {
  return Object.values(aws).flatMap((client) => client.calls().map(({ args: [command] }) => command.constructor.name));
}

/** What a read-only role may send. */
export const READ_COMMANDS = [
  'GetItemCommand',
  'BatchGetItemCommand',
  'GetSecretValueCommand',
  'GetObjectCommand',
  'ListObjectsV2Command',
];
