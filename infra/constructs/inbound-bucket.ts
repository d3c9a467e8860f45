import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV, INBOUND_PREFIX } from '../../shared/names.ts';
import { acknowledge } from './acknowledge.ts';
import { AccessLog, CLOSED } from './closed-bucket.ts';
import { exportedName } from './exported-name.ts';
import type { HeedFunction } from './heed-function.ts';

/** Mails as they came in. They hold what people wrote, so they end: when they are handled, or with their time. */
export class InboundBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  /** @param days whole days after which a mail ends, by the retention schedule */
  constructor(scope: Construct, id: string, { days }: { days: number }) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Mails that came in to Heed',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.bucket = this.#makeBucket(days);
    this.#letSesPut();
  }

  /** Allows to read mails and to delete those that are done. */
  allowHandle(who: HeedFunction): void {
    who.set(ENV.inboundBucket, this.bucket.bucketName);
    who.allow({
      actions: ['s3:GetObject', 's3:DeleteObject'],
      resources: [this.bucket.arnForObjects(`${INBOUND_PREFIX}*`)],
    });
    // Without it S3 answers 403 for an object that is gone, as if it were forbidden; a condition on the prefix would not hold there.
    who.allow({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
    who.allow({
      actions: ['kms:Decrypt'],
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    });
    acknowledge(
      who,
      `IAM5[Resource::${exportedName(this.bucket, who)}/${INBOUND_PREFIX}*]`,
      `The one wildcard is the name of a mail under ${INBOUND_PREFIX}, which SES makes up.`,
    );
  }

  #makeBucket(days: number): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      ...CLOSED,
      // A deleted mail must be gone, not a version.
      versioned: false,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      bucketKeyEnabled: true,
      lifecycleRules: [
        { id: 'end', expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      serverAccessLogsBucket: new AccessLog(this, 'AccessLog', { days }) as IBucket,
    });
    const { defaultChild } = bucket.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('The inbound bucket has no resource');
    // By the property itself: `eventBridgeEnabled` would bring a function of its own that may change the notifications of every bucket.
    defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    return bucket;
  }

  // Only SES, only in the name of this account: otherwise anybody's receipt rule could fill the bucket.
  #letSesPut(): void {
    const ses = {
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
    const objects = [this.bucket.arnForObjects(`${INBOUND_PREFIX}*`)];
    this.bucket.addToResourcePolicy(new PolicyStatement({ ...ses, actions: ['s3:PutObject'], resources: objects }));
    this.#key.addToResourcePolicy(
      new PolicyStatement({ ...ses, actions: ['kms:GenerateDataKey*', 'kms:Decrypt'], resources: ['*'] }),
    );
  }
}
