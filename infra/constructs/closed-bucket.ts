import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  type Inventory,
  InventoryFormat,
  InventoryFrequency,
  InventoryObjectVersion,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** What holds for every bucket: nothing public, nothing without TLS, nothing lost when the stack goes. */
export const CLOSED: BucketProps = {
  versioned: true,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** Who touched the audit trail, and what S3 itself says lies there. */
export class AccessLog extends Bucket {
  constructor(scope: Construct, id: string, { days }: { days: number }) {
    super(scope, id, {
      ...CLOSED,
      // The log delivery service cannot write to a bucket with a key of ours.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(1) }],
    });
    acknowledge(this, 'S1', 'This bucket holds the access log; a log of the log would have no end.');
  }

  /** A weekly list of every version in a bucket, delete markers included (S3-01). */
  inventoryOf(bucket: string): Inventory {
    return {
      inventoryId: bucket,
      // CDK declares the class with `| undefined` where the interface has none, which exactOptionalPropertyTypes tells apart.
      destination: { bucket: this as IBucket, prefix: 'inventory' },
      format: InventoryFormat.CSV,
      frequency: InventoryFrequency.WEEKLY,
      includeObjectVersions: InventoryObjectVersion.ALL,
      optionalFields: ['Size', 'LastModifiedDate', 'StorageClass', 'ObjectLockMode', 'ObjectLockRetainUntilDate'],
    };
  }
}
