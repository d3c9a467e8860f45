import { Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How cdk-nag spells a bucket of another stack: that knows it by its export. */
export function exportedName(bucket: Bucket, who: Construct): string {
  const imported: unknown = Stack.of(who).resolve(Stack.of(bucket).exportValue(bucket.bucketArn));
  return String(Object.values(imported as Record<string, unknown>)[0]);
}
