import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectLockRetention,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CHECKPOINT_PREFIX, ENV, KEY_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import type { Replica, StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { denyTampering } from './audit-policy.ts';
import { AuditReplica } from './audit-replica.ts';
import { AccessLog, CLOSED } from './closed-bucket.ts';
import { exportedName } from './exported-name.ts';
import type { HeedFunction } from './heed-function.ts';

const COLD = { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) };

// Proofs read old objects at once, hence Instant Retrieval. S3 leaves objects below 128 kB where they are: Glacier bills at least
// that much for each. Nothing expires; a noncurrent version can only come from tampering, and is evidence.
const LIFECYCLE: LifecycleRule = {
  id: 'cold-ledger',
  prefix: LEDGER_PREFIX,
  transitions: [COLD],
  noncurrentVersionTransitions: [COLD],
};

type Access = 'append' | 'seal' | 'prove';
const ACCESS = {
  append: { actions: ['s3:PutObject', 's3:GetObject'], prefixes: [LEDGER_PREFIX], lists: false },
  seal: { actions: ['s3:PutObject', 's3:GetObject'], prefixes: [CHECKPOINT_PREFIX, KEY_PREFIX], lists: true },
  prove: { actions: ['s3:GetObject'], prefixes: [LEDGER_PREFIX, CHECKPOINT_PREFIX], lists: true },
} as const satisfies Record<Access, unknown>;

interface AuditTrailProps {
  stage: string;
  lock: StageConfig['auditLock'];
  replica?: Replica | undefined;
}

/** The bucket of the ledger: what is written there stays as it is until its retention is over (S3-01). */
export class AuditTrail extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { stage, lock, replica }: AuditTrailProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Audit trail of Heed',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.bucket = this.#makeBucket(lock, replica && new AuditReplica(this, 'Replica', replica));
    denyTampering(this.bucket, stage);
  }

  /** Allows to add objects of the ledger and to read them: not to list, not to delete. */
  allowAppend(who: HeedFunction): void {
    this.#allow(who, 'append');
  }

  /** Allows to add checkpoints and public keys, to read them, and to list checkpoints. */
  allowSeal(who: HeedFunction): void {
    this.#allow(who, 'seal');
  }

  /** Allows to read what a proof is made of: the ledger and its checkpoints. Writes nothing. */
  allowProve(who: HeedFunction): void {
    this.#allow(who, 'prove');
  }

  // The default retention comes with the bucket: nobody gets s3:PutObjectRetention, by which a period could be chosen.
  #allow(who: HeedFunction, access: Access): void {
    const { actions, prefixes, lists } = ACCESS[access];
    who.set(ENV.auditBucket, this.bucket.bucketName);
    who.allow({ actions, resources: prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)) });
    if (lists) {
      who.allow({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${CHECKPOINT_PREFIX}*` } },
      });
    }
    this.#allowKey(who, access === 'prove' ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey']);
    for (const prefix of prefixes) this.#acknowledgeNames(who, prefix);
  }

  #allowKey(who: HeedFunction, actions: string[]): void {
    who.allow({
      actions,
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    });
  }

  #acknowledgeNames(who: HeedFunction, prefix: string): void {
    acknowledge(
      who,
      `IAM5[Resource::${exportedName(this.bucket, who)}/${prefix}*]`,
      `The one wildcard is the name of an object under ${prefix}, which is made at run time.`,
    );
  }

  #makeBucket(lock: StageConfig['auditLock'], replica: AuditReplica | undefined): Bucket {
    const accessLog = new AccessLog(this, 'AccessLog', lock);
    const bucket = new Bucket(this, 'Bucket', {
      ...CLOSED,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention[lock.mode](Duration.days(lock.days)),
      lifecycleRules: [LIFECYCLE],
      serverAccessLogsBucket: accessLog as IBucket,
      inventories: [accessLog.inventoryOf('audit-trail')],
      ...(replica && { replicationRules: [replica.rule], replicationRole: replica.role }),
    });
    replica?.allowCopy(bucket, this.#key);
    return bucket;
  }
}
