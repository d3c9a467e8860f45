import { GetKeyPolicyCommand, type KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { PutBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import { bucketPolicy } from './plain-http.ts';

/** Takes the denials out of a bucket's policy that the local IAM would apply to the ledger's own writers. */
export async function allowLedgerWriters(s3: S3Client, Bucket: string): Promise<void> {
  const policy = await bucketPolicy(s3, Bucket);
  if (policy === undefined) return;
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: withoutUnknownConditions(policy) }));
}

/** The same for the policy of a key. */
export async function allowSealer(kms: KMSClient, KeyId: string): Promise<void> {
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
  if (Policy) await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: withoutUnknownConditions(Policy) }));
}

/**
 * A policy without the statements about `s3:if-none-match`, which is never set locally, and about the caller's role: locally
 * `aws:PrincipalArn` is the session's ARN, which tells no path. All others stay as they are.
 */
export function withoutUnknownConditions(policy: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: unknown[] };
  const kept = Statement.filter(
    (statement) => !/"(s3:if-none-match|aws:PrincipalArn)"/.test(JSON.stringify(statement)),
  );
  return JSON.stringify({ ...rest, Statement: kept });
}
