import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';

// Amazon's own DynamoDB for developers, from Maven Central, kept in a folder that git ignores.
const FOLDER = fileURLToPath(new URL('../../.local/dynamodb-local/', import.meta.url));
const VERSION = '2.6.1';
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>heed</groupId><artifactId>dynamodb-local</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId>
<version>${VERSION}</version></dependency></dependencies></project>
`;
const MAIN = 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner';

/** A running DynamoDB Local. */
export interface DynamoDbLocal {
  endpoint: string;
  stop(): Promise<void>;
}

/** Why it cannot run here; `undefined` when it can. */
export function whyNoDynamoDbLocal(): string | undefined {
  if (!isInstalled('java', '-version')) return 'no Java is installed';
  if (!existsSync(`${FOLDER}lib/DynamoDBLocal-${VERSION}.jar`) && !isInstalled('mvn', '-version'))
    return 'it is not downloaded, and no Maven is installed to do so';
  return undefined;
}

/** Downloads it once, starts it on a free port of loopback and sets the environment so that the SDK finds it. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  download();
  const port = await freePort();
  const args = ['-cp', 'lib/*', MAIN, '-inMemory', '-port', String(port), '-disableTelemetry'];
  const java = spawn('java', args, { cwd: FOLDER, stdio: 'ignore' });
  const kill = () => void java.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const stop = async () => {
    process.removeListener('exit', kill);
    if (java.exitCode !== null) return;
    java.kill('SIGKILL');
    await once(java, 'exit');
  };
  try {
    await untilReady(java);
    return { endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A table as the data stack makes the Registry. Resolves with its stream's ARN. */
export function createRegistry(name: string): Promise<string> {
  return createTable(name, {
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
}

/** A table as the data stack makes the ledger's: without a stream. */
export async function createLedgerTable(name: string): Promise<void> {
  await createTable(name, {});
}

async function createTable(
  TableName: string,
  more: Pick<CreateTableCommandInput, 'StreamSpecification'>,
): Promise<string> {
  const client = new DynamoDBClient({});
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      ...more,
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return TableDescription?.LatestStreamArn ?? '';
}

/** Lets the table delete what is over, as the data stack does. */
export async function enableTtl(TableName: string): Promise<void> {
  const TimeToLiveSpecification = { AttributeName: TTL_ATTRIBUTE, Enabled: true };
  await new DynamoDBClient({}).send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

function isInstalled(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}

function download(): void {
  if (existsSync(`${FOLDER}lib/DynamoDBLocal-${VERSION}.jar`)) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}pom.xml`, POM);
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
  const { status, stdout } = spawnSync('mvn', args, { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) throw new Error(`DynamoDB Local ${VERSION} could not be downloaded: ${stdout.slice(0, 500)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(java: ChildProcess): Promise<void> {
  const client = new DynamoDBClient({ maxAttempts: 1 });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (java.exitCode !== null) throw new Error(`DynamoDB Local ended with exit code ${java.exitCode}`);
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      // Named failure: it does not listen yet.
      await wait(200);
    }
  }
  throw new Error('DynamoDB Local did not answer within 20 seconds');
}
