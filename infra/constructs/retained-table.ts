import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';

/** Calls of DynamoDB that functions are granted one by one. */
export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

interface RetainedTableProps extends Pick<TableProps, 'stream'> {
  /** Environment variable by which functions find it. */
  variable: string;
  description: string;
}

/** A table with a key of its own that outlives deploys and mistakes; items end by TTL. */
export class RetainedTable extends Construct {
  readonly table: Table;
  readonly #variable: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { variable, description, ...overrides }: RetainedTableProps) {
    super(scope, id);
    this.#variable = variable;
    this.#key = new Key(this, 'Key', {
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.#key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      timeToLiveAttribute: TTL_ATTRIBUTE,
      removalPolicy: RemovalPolicy.RETAIN,
      ...overrides,
    });
  }

  /** Allows exactly these calls on items. A transaction needs those that it is made of. */
  allow(who: HeedFunction, ...actions: TableAction[]): void {
    who.set(this.#variable, this.table.tableName);
    who.allow({ actions: actions.map((action) => `dynamodb:${action}`), resources: [this.table.tableArn] });
    this.allowKey(who);
  }

  // DynamoDB unwraps the table's one data key in the caller's name, for reads and writes alike; it asks for nothing else
  // (AWS DynamoDB docs: encryption at rest, "Decrypt").
  protected allowKey(who: HeedFunction): void {
    who.allow({
      actions: ['kms:Decrypt'],
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
    });
  }
}

/** A retained table whose stream is the outbox of everything that follows a write. */
export class StreamedTable extends RetainedTable {
  constructor(scope: Construct, id: string, props: Omit<RetainedTableProps, 'stream'>) {
    super(scope, id, { ...props, stream: StreamViewType.NEW_AND_OLD_IMAGES });
  }

  /** Allows the event source mapping, which works with the function's role, to read the stream. Returns the stream. */
  allowStream(who: HeedFunction): string {
    const stream = this.table.tableStreamArn;
    if (stream === undefined) throw new Error('The table has no stream');
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    who.allow({ actions: actions.map((action) => `dynamodb:${action}`), resources: [stream] });
    this.allowKey(who);
    return stream;
  }
}
