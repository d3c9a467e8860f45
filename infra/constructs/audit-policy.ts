import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import { roleArnPattern } from './role-path.ts';

/** Writers of the audit trail, by the folders that are theirs alone. */
const WRITERS = [
  { sid: 'OnlyTheAppenderAppends', capability: 'append-ledger', prefixes: [LEDGER_PREFIX] },
  { sid: 'OnlyTheSealerSeals', capability: 'seal-ledger', prefixes: [CHECKPOINT_PREFIX, KEY_PREFIX] },
] as const;

interface Denial {
  sid: string;
  actions: string[];
  prefixes?: readonly string[];
  conditions?: Record<string, Record<string, string>>;
}

/**
 * What nobody may do to the audit trail, administrators included: whoever needs it must change this policy first, which is itself on record.
 * It also holds after the retention and in stages whose lock can be lifted (S3-01, S3-03).
 */
export function denyTampering(bucket: Bucket, stage: string): void {
  for (const { sid, actions, prefixes = [''], conditions } of denials(bucket, stage)) {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions,
        resources: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
}

function denials(bucket: Bucket, stage: string): Denial[] {
  return [
    { sid: 'NobodyDeletes', actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'] },
    // The default retention comes with the bucket. A period per object could only be a wrong one.
    { sid: 'NobodyBypassesRetention', actions: ['s3:BypassGovernanceRetention', 's3:PutObjectRetention'] },
    // A hold may be put on for a dispute; who lifts one must be known.
    {
      sid: 'NobodyLiftsHolds',
      actions: ['s3:PutObjectLegalHold'],
      conditions: { StringEquals: { 's3:object-lock-legal-hold': 'OFF' } },
    },
    // Replicas that come from elsewhere carry no If-None-Match and no role of ours.
    { sid: 'NobodyReplicatesHere', actions: ['s3:ReplicateObject', 's3:ReplicateDelete'] },
    // Refuses multipart uploads and copies as well, which cannot be conditional at every step: an object is one PUT.
    {
      sid: 'NobodyOverwrites',
      actions: ['s3:PutObject'],
      conditions: { Null: { 's3:if-none-match': 'true' } },
    },
    ...WRITERS.map(({ sid, capability, prefixes }) => ({
      sid,
      actions: ['s3:PutObject'],
      prefixes,
      conditions: { ArnNotLike: { 'aws:PrincipalArn': roleArnPattern(bucket, { stage, capability }) } },
    })),
  ];
}
