import { ApiGatewayV2Client, type Cors, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, type TimeToLiveSpecification, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { type ObjectLockConfiguration, PutObjectLockConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from './clients.ts';
import { templateFolder } from './deploy.ts';
import { allowLedgerWriters, allowSealer } from './ledger-writers.ts';
import { allowMailAsLocally } from './mail-grant.ts';
import { allowPlainHttpToBucket, allowPlainHttpToQueue } from './plain-http.ts';
import { type Report, silent } from './progress.ts';
import type { Stack } from './stack.ts';
import { type Resource, readTemplates } from './template.ts';

interface Options {
  folder?: string;
  report?: Report;
}

type Clients = ReturnType<typeof makeClients>;

/** One property that the local AWS accepts and reports as deployed, but then ignores or cannot live up to. */
interface Correction {
  what: string;
  why: string;
  /** Resources of these types … */
  types: readonly string[];
  /** … that have this property in the template, whose value is not written twice. Absent: all of these types. */
  property?: string;
  /** The API call that does it. */
  how: (clients: Clients, physicalId: string, value: unknown) => Promise<unknown>;
}

/** All of them. On AWS the deploy does this itself; the app knows nothing of this list. */
const CORRECTIONS: readonly Correction[] = [
  {
    what: 'time to live of the table',
    why: 'Without it expired items would stay for ever',
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    property: 'TimeToLiveSpecification',
    how: ({ dynamo }, TableName, value) =>
      dynamo.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: value as TimeToLiveSpecification }),
      ),
  },
  {
    what: 'default retention of locked buckets',
    why: 'Without it an audit object could be deleted the moment after it was written',
    types: ['AWS::S3::Bucket'],
    property: 'ObjectLockConfiguration',
    how: ({ s3 }, Bucket, value) =>
      s3.send(
        new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: value as ObjectLockConfiguration }),
      ),
  },
  {
    what: 'CORS of the HTTP API',
    why: "Without it a browser would not let a shop's page call the API",
    types: ['AWS::ApiGatewayV2::Api'],
    property: 'CorsConfiguration',
    how: ({ apiGateway }, ApiId, value) =>
      apiGateway.send(new UpdateApiCommand({ ApiId, CorsConfiguration: value as Cors })),
  },
  {
    what: 'TLS-only access to buckets, lifted',
    why: 'The local AWS speaks plain HTTP; with IAM enforced it would refuse every call',
    types: ['AWS::S3::Bucket'],
    how: ({ s3 }, bucket) => allowPlainHttpToBucket(s3, bucket),
  },
  {
    what: "the audit bucket's denials by If-None-Match and by the writer's role, lifted",
    why: "The local IAM knows neither condition and would refuse the ledger's own writers",
    types: ['AWS::S3::Bucket'],
    how: ({ s3 }, bucket) => allowLedgerWriters(s3, bucket),
  },
  {
    what: "the signing key's denial by the sealer's role, lifted",
    why: 'As for the audit bucket',
    types: ['AWS::KMS::Key'],
    how: ({ kms }, keyId) => allowSealer(kms, keyId),
  },
  {
    what: 'TLS-only access to queues, lifted',
    why: 'As for buckets',
    types: ['AWS::SQS::Queue'],
    how: ({ sqs }, queueUrl) => allowPlainHttpToQueue(sqs, queueUrl),
  },
  {
    what: 'permission to send mail, widened',
    why: 'The local IAM asks for ses:SendEmail on any resource and knows neither identities nor ses:FromAddress',
    types: ['AWS::Lambda::Function'],
    property: 'Environment',
    how: ({ lambda }, functionName) => allowMailAsLocally(lambda, functionName),
  },
];

/** Brings the local stack to what its templates say. May run again. */
export async function applyCorrections(stack: Stack, { folder = '.', report = silent }: Options = {}): Promise<void> {
  const clients = makeClients(stack);
  const done = new Set<string>();
  const templates = await readTemplates(templateFolder(folder));
  for (const stackName of stack.stackNames) {
    const { StackResources = [] } = await clients.cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResources) {
      const resource = templates[stackName]?.[LogicalResourceId];
      for (const { what, how, value } of correctionsOf(resource)) {
        await how(clients, PhysicalResourceId, value);
        done.add(what);
      }
    }
  }
  for (const what of done) report(`Corrected after the deploy: ${what}`);
}

/** What the list above says of one resource, with the value that its template asks for. */
export function correctionsOf(resource: Resource | undefined): (Correction & { value: unknown })[] {
  if (resource === undefined) return [];
  const values = resource.Properties ?? {};
  return CORRECTIONS.filter(
    ({ types, property }) => types.includes(resource.Type) && (property === undefined || property in values),
  ).map((correction) => ({ ...correction, value: correction.property && values[correction.property] }));
}

function makeClients(stack: Stack) {
  const options = clientOptions(stack);
  return {
    cloudFormation: new CloudFormationClient(options),
    dynamo: new DynamoDBClient(options),
    kms: new KMSClient(options),
    lambda: new LambdaClient(options),
    s3: new S3Client(options),
    sqs: new SQSClient(options),
    apiGateway: new ApiGatewayV2Client(options),
  };
}
