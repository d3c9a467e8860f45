import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import type { LambdaRecord } from '../domain/ports/stream-failures.ts';

type Attributes = Record<string, AttributeValue>;

/**
 * A record of DynamoDB Streams' own API as Lambda would hand it out: the stream's ARN, the time in whole seconds, the identity in camel
 * case, binary values in base64. Format: `DynamoDBRecord` of AWS's event types.
 */
export function lambdaStreamRecord({ dynamodb, userIdentity, ...record }: _Record, streamArn: string): LambdaRecord {
  const { ApproximateCreationDateTime: at, Keys, NewImage, OldImage, ...rest } = dynamodb ?? {};
  return {
    ...record,
    ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
    eventSource: 'aws:dynamodb',
    awsRegion: streamArn.split(':')[3],
    eventSourceARN: streamArn,
    dynamodb: {
      ...rest,
      ...(at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1000) }),
      ...(Keys && { Keys: plainAttributes(Keys) }),
      ...(NewImage && { NewImage: plainAttributes(NewImage) }),
      ...(OldImage && { OldImage: plainAttributes(OldImage) }),
    },
  };
}

function plainAttributes(attributes: Attributes): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: AttributeValue): object {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(plainValue) };
  if (value.M !== undefined) return { M: plainAttributes(value.M) };
  return value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
