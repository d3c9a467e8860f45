import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

/** One change of one item, as tests tell it. */
export interface Changed {
  key: { pk: string; sk: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** When DynamoDB took it. */
  at?: Date;
  userIdentity?: unknown;
}

/** A record of the Registry's stream, as Lambda gets it. */
export function streamRecord({
  key,
  before,
  after,
  at = new Date('2026-11-23T10:00:00Z'),
  userIdentity,
}: Changed): DynamoDBRecord {
  const image = (attributes: Record<string, unknown>) =>
    marshall({ ...attributes, ...key }, { removeUndefinedValues: true });
  const written = before === undefined ? 'INSERT' : 'MODIFY';
  return {
    eventID: 'event-1',
    eventName: after === undefined ? 'REMOVE' : written,
    dynamodb: {
      ApproximateCreationDateTime: at.getTime() / 1000,
      Keys: marshall(key),
      ...(before && { OldImage: image(before) }),
      ...(after && { NewImage: image(after) }),
      SequenceNumber: '100',
    },
    ...(userIdentity === undefined ? {} : { userIdentity }),
  } as DynamoDBRecord;
}
