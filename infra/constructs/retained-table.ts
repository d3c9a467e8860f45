import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';

/** Calls of DynamoDB that functions are granted one by one. */
export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

interface RetainedTableProps {
  /** Environment variable by which functions find it. */
  variable: string;
  description: string;
  stream?: StreamViewType;
}

/** A table with a key of its own that outlives deploys and mistakes; items end by TTL. */
export class RetainedTable extends Construct {
  readonly table: Table;
  readonly #variable: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { variable, description, stream }: RetainedTableProps) {
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
      ...(stream === undefined ? {} : { stream }),
      removalPolicy: RemovalPolicy.RETAIN,
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
