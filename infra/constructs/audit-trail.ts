import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV, LEDGER_PREFIX } from '../../shared/names.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { HeedFunction } from './heed-function.ts';

const CLOSED: BucketProps = {
  versioned: true,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** The bucket of the ledger: what is written there stays as it is until its retention is over (S3-01). */
export class AuditTrail extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { lock }: { lock: StageConfig['auditLock'] }) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Audit trail of Heed',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...CLOSED,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention[lock.mode](Duration.days(lock.days)),
      // CDK declares the class with `| undefined` where the interface has none, which exactOptionalPropertyTypes tells apart.
      serverAccessLogsBucket: this.#makeAccessLog(lock.days) as IBucket,
    });
    this.#denyBypass();
  }

  /** Allows to add objects of the ledger: not to read, not to list, not to delete. */
  allowAppend(who: HeedFunction): void {
    who.set(ENV.auditBucket, this.bucket.bucketName);
    // The default retention comes with the bucket: no s3:PutObjectRetention, by which a period could be chosen.
    who.allow({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects(`${LEDGER_PREFIX}*`)] });
    who.allow({
      actions: ['kms:GenerateDataKey'],
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    });
    acknowledge(
      who,
      `IAM5[Resource::${this.#exportedName(who)}/${LEDGER_PREFIX}*]`,
      'The one wildcard is the name of an object of the ledger, which is made from the records.',
    );
  }

  // By its export another stack knows the bucket, so that is how cdk-nag spells the resource.
  #exportedName(who: HeedFunction): string {
    const imported: unknown = Stack.of(who).resolve(Stack.of(this).exportValue(this.bucket.bucketArn));
    return String(Object.values(imported as Record<string, unknown>)[0]);
  }

  #makeAccessLog(days: number): Bucket {
    const bucket = new Bucket(this, 'AccessLog', {
      ...CLOSED,
      // The log delivery service cannot write to a bucket with a key of ours.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(1) }],
    });
    acknowledge(bucket, 'S1', 'This bucket holds the access log; a log of the log would have no end.');
    return bucket;
  }

  // Governance lets a privileged role delete early. Whoever needs that must first change this policy, which is itself on record.
  #denyBypass(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyBypassesRetention',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:BypassGovernanceRetention'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
  }
}
