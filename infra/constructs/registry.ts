import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import { RetainedTable } from './retained-table.ts';

/** Suppressions, requests, guards and confirmations; and by its stream the outbox of everything that follows. */
export class Registry extends RetainedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: ENV.registryTable,
      description: 'Registry of Heed',
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
  }

  /** Allows the event source mapping, which works with the function's role, to read the stream. Returns the stream. */
  allowStream(who: HeedFunction): string {
    const stream = this.table.tableStreamArn;
    if (stream === undefined) throw new Error('The registry has no stream');
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    who.allow({ actions: actions.map((action) => `dynamodb:${action}`), resources: [stream] });
    this.allowKey(who);
    return stream;
  }
}
