import { GetBucketPolicyCommand, PutBucketPolicyCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Takes the statements that ask for TLS out of a bucket's policy, if it has one. */
export async function allowPlainHttpToBucket(s3: S3Client, Bucket: string): Promise<void> {
  const policy = await bucketPolicy(s3, Bucket);
  if (policy === undefined) return;
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: withoutTlsStatements(policy) }));
}

/** The same for a queue. */
export async function allowPlainHttpToQueue(sqs: SQSClient, QueueUrl: string): Promise<void> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  if (!Attributes?.Policy) return;
  const Policy = withoutTlsStatements(Attributes.Policy);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}

/** A policy without the statements whose condition is about TLS; all others stay as they are. */
export function withoutTlsStatements(policy: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: unknown[] };
  const kept = Statement.filter(
    (statement) => !/"(aws:SecureTransport|s3:TlsVersion)"/.test(JSON.stringify(statement)),
  );
  return JSON.stringify({ ...rest, Statement: kept });
}

/** A bucket's policy, if it has one. */
export async function bucketPolicy(s3: S3Client, Bucket: string): Promise<string | undefined> {
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchBucketPolicy') return undefined;
    throw error;
  }
}
