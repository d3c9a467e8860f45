import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ObjectClass, RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import { ENV, INTAKE_PREFIX } from '../../shared/names.ts';
import { acknowledge } from './acknowledge.ts';
import { AccessLog, CLOSED } from './closed-bucket.ts';
import { exportedName } from './exported-name.ts';
import type { HeedFunction } from './heed-function.ts';

/** S3 counts whole days, and one is the least. */
const SOON = Duration.days(1);
/** Names of objects stand in the access log; they are made up by us and hold no address. */
const ACCESS_LOG_DAYS = 90;

export interface IntakeBucketProps {
  /** What the retention schedule says of each folder. */
  objects: RetentionSchedule['objects'];
}

/** Files with personal data on their way in and out. Each folder ends by the schedule, as tables end by TTL (DD-08). */
export class IntakeBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { objects }: IntakeBucketProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Files that came in to Heed or are handed out',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...CLOSED,
      // Without versions: what is deleted, or overwritten, must be gone and not hidden.
      versioned: false,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      lifecycleRules: Object.entries(objects).map(([name, { days }]) => endOf(name as ObjectClass, days)),
      serverAccessLogsBucket: new AccessLog(this, 'AccessLog', { days: ACCESS_LOG_DAYS }) as IBucket,
    });
  }

  /** Allows to add uploads, and neither to read nor to delete them. */
  allowKeep(who: HeedFunction): void {
    who.set(ENV.intakeBucket, this.bucket.bucketName);
    who.allow({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects(`${INTAKE_PREFIX.uploads}*`)] });
    who.allow({
      actions: ['kms:GenerateDataKey'],
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    });
    acknowledge(
      who,
      `IAM5[Resource::${exportedName(this.bucket, who)}/${INTAKE_PREFIX.uploads}*]`,
      `The one wildcard is the name of a file under ${INTAKE_PREFIX.uploads}, which is the id of its request.`,
    );
  }
}

// The last two also end what an operator leaves behind who switches versions on, and parts of uploads, which no listing shows.
function endOf(name: ObjectClass, days: number): LifecycleRule {
  return {
    id: name,
    prefix: INTAKE_PREFIX[name],
    expiration: Duration.days(days),
    noncurrentVersionExpiration: SOON,
    abortIncompleteMultipartUploadAfter: SOON,
  };
}
