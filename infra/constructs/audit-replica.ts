import { CfnElement, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket, type ReplicationRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Replica } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * A copy of the audit trail where this account's administrators have no say (another account, another Region).
 * The copy's bucket must have Object Lock and versions, and its policy and key's policy must let this role in: that is the other side's to do.
 */
export class AuditReplica extends Construct {
  readonly role: Role;
  readonly rule: ReplicationRule;
  readonly #replica: Replica;
  readonly #target: IBucket;

  constructor(scope: Construct, id: string, replica: Replica) {
    super(scope, id);
    const { bucketArn, keyArn, account } = replica;
    this.#replica = replica;
    this.#target = Bucket.fromBucketAttributes(this, 'Bucket', { bucketArn, account });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('s3.amazonaws.com') });
    this.rule = {
      destination: this.#target,
      kmsKey: Key.fromKeyArn(this, 'Key', keyArn) as IKey,
      sseKmsEncryptedObjects: true,
      // A delete marker is no part of the trail, and must not hide the copy.
      deleteMarkerReplication: false,
    };
  }

  /** Allows the role to read the source, lock included, and to write the copy. */
  allowCopy(source: Bucket, sourceKey: Key): void {
    const { region } = Stack.of(this);
    this.#allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], source.bucketArn);
    const reads = ['VersionForReplication', 'VersionAcl', 'VersionTagging', 'Retention', 'LegalHold'];
    this.#allow(
      reads.map((read) => `s3:GetObject${read}`),
      source.arnForObjects('*'),
    );
    this.#allow(['s3:ReplicateObject', 's3:ReplicateTags'], this.#target.arnForObjects('*'));
    this.#allow(['kms:Decrypt'], sourceKey.keyArn, `s3.${region}.amazonaws.com`);
    this.#allow(
      ['kms:Encrypt', 'kms:GenerateDataKey'],
      this.#replica.keyArn,
      `s3.${regionOf(this.#replica.keyArn)}.amazonaws.com`,
    );
    this.#acknowledgeObjects(`<${logicalIdOf(source)}.Arn>`);
    this.#acknowledgeObjects(this.#replica.bucketArn);
  }

  #acknowledgeObjects(bucket: string): void {
    const reason = 'S3 copies every object of the trail with this role: of one bucket, into the other.';
    acknowledge(this, `IAM5[Resource::${bucket}/*]`, reason);
  }

  #allow(actions: string[], resource: string, viaService?: string): void {
    const conditions = viaService && { conditions: { StringEquals: { 'kms:ViaService': viaService } } };
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [resource], ...conditions }));
  }
}

// arn:aws:kms:<region>:<account>:key/<id>
function regionOf(keyArn: string): string {
  return keyArn.split(':')[3] ?? '';
}

function logicalIdOf(bucket: Bucket): string {
  const { defaultChild } = bucket.node;
  if (!CfnElement.isCfnElement(defaultChild)) throw new Error('A bucket without a resource');
  return String(Stack.of(bucket).resolve(defaultChild.logicalId));
}
