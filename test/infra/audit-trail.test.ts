import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { DataStack } from '../../infra/data-stack.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import { filter, only, resources, type Statement, statementsOf, synthesise, testApp } from './synthesis.ts';

const { dataTemplate } = synthesise();
const bucket = auditBucketOf(dataTemplate);
const denied = policyStatements(dataTemplate).filter(({ Effect }) => Effect === 'Deny');
const denial = (sid: string) => only(Object.fromEntries(denied.filter(({ Sid }) => Sid === sid).entries()));
const REPLICA = {
  bucketArn: 'arn:aws:s3:::heed-copy',
  keyArn: 'arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  account: '222222222222',
};

describe('the policy of the audit bucket', () => {
  it.each([
    ['NobodyDeletes', ['s3:DeleteObject', 's3:DeleteObjectVersion'], undefined],
    ['NobodyBypassesRetention', ['s3:BypassGovernanceRetention', 's3:PutObjectRetention'], undefined],
    ['NobodyLiftsHolds', 's3:PutObjectLegalHold', { StringEquals: { 's3:object-lock-legal-hold': 'OFF' } }],
    ['NobodyReplicatesHere', ['s3:ReplicateDelete', 's3:ReplicateObject'], undefined],
    ['NobodyOverwrites', 's3:PutObject', { Null: { 's3:if-none-match': 'true' } }],
  ])('%s, whoever it is, in the whole bucket (S3-01)', (sid, actions, condition) => {
    const { Action, Principal, Condition, Resource } = denial(sid);
    expect(Action).toEqual(actions);
    expect(Principal).toEqual({ AWS: '*' });
    expect(Condition).toEqual(condition);
    expect(foldersOf(Resource)).toEqual(['']);
  });

  it.each([
    ['OnlyTheAppenderAppends', 'append-ledger', [LEDGER_PREFIX]],
    ['OnlyTheSealerSeals', 'seal-ledger', [CHECKPOINT_PREFIX, KEY_PREFIX]],
  ])('%s: all but the role of %s are refused in %j (S3-03)', (sid, capability, folders) => {
    const { Action, Principal, Condition, Resource } = denial(sid);
    expect([Action, Principal]).toEqual(['s3:PutObject', { AWS: '*' }]);
    expect(foldersOf(Resource)).toEqual(folders);
    expect(Object.keys(Condition ?? {})).toEqual(['ArnNotLike']);
    expect(arnText(Condition?.ArnNotLike?.['aws:PrincipalArn'])).toBe(
      `arn:<AWS::Partition>:iam::<AWS::AccountId>:role/heed/dev/${capability}/*`,
    );
  });
});

describe('the audit bucket', () => {
  it('moves old objects of the ledger to colder storage, and lets none expire', () => {
    const cold = { StorageClass: 'GLACIER_IR', TransitionInDays: 90 };
    const [rule, ...others] = bucket.Properties.LifecycleConfiguration.Rules;
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ Prefix: LEDGER_PREFIX, Status: 'Enabled', Transitions: [cold] });
    expect(rule).toMatchObject({ NoncurrentVersionTransitions: [cold] });
    expect(Object.keys(rule).filter((name) => name.includes('Expiration'))).toEqual([]);
  });

  it('is listed every week with all versions, into the bucket of its access log', () => {
    expect(bucket.Properties.InventoryConfigurations).toEqual([
      expect.objectContaining({
        Enabled: true,
        IncludedObjectVersions: 'All',
        ScheduleFrequency: 'Weekly',
        Destination: expect.objectContaining({
          BucketArn: { 'Fn::GetAtt': [expect.stringMatching(/^AuditTrailAccessLog/), 'Arn'] },
          Prefix: 'inventory',
        }),
      }),
    ]);
  });

  it('has no copy elsewhere unless the stage asks for one', () => {
    expect(bucket.Properties.ReplicationConfiguration).toBeUndefined();
    expect(resources(dataTemplate, 'AWS::IAM::Role')).toEqual({});
  });
});

describe('the copy of the audit trail', () => {
  const stack = stackWith({ replica: REPLICA });
  const template = Template.fromStack(stack);
  const [roleId = '', role] = Object.entries(resources(template, 'AWS::IAM::Role'))[0] ?? [];
  const statements = statementsOf(template, roleId);

  it('gets every object, encrypted with its own key, and no delete marker', () => {
    const { Role, Rules } = auditBucketOf(template).Properties.ReplicationConfiguration;
    expect(Role).toEqual({ 'Fn::GetAtt': [roleId, 'Arn'] });
    expect(Rules).toEqual([
      expect.objectContaining({
        Status: 'Enabled',
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: expect.objectContaining({
          Bucket: REPLICA.bucketArn,
          Account: REPLICA.account,
          EncryptionConfiguration: { ReplicaKmsKeyID: REPLICA.keyArn },
        }),
      }),
    ]);
  });

  it('is made by a role of its own, which S3 takes, has no name and deletes nothing', () => {
    expect(role?.Properties.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 's3.amazonaws.com' });
    expect(role?.Properties.RoleName).toBeUndefined();
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions).toEqual(
      expect.arrayContaining(['s3:GetObjectRetention', 's3:GetObjectLegalHold', 's3:ReplicateObject']),
    );
    expect(actions.filter((action) => /Delete|\*/.test(action))).toEqual([]);
  });

  it('uses each key only through S3 of its Region', () => {
    const via = statements.flatMap(({ Condition }) => arnText(Condition?.StringEquals?.['kms:ViaService']) || []);
    expect(via).toEqual(['s3.<AWS::Region>.amazonaws.com', 's3.eu-central-1.amazonaws.com']);
  });

  it('leaves cdk-nag nothing to say', () => {
    const { violations } = new AwsSolutionsChecks(stack.node.root as App).validateScope(stack.node.root);
    expect(
      violations.map(({ ruleName, violatingResources }) => [
        ruleName,
        violatingResources.map((found) => found.constructPath),
      ]),
    ).toEqual([]);
  });
});

describe('the signing key', () => {
  const keyOf = (template: Template) =>
    only(filter(resources(template, 'AWS::KMS::Key'), ({ KeyUsage }) => KeyUsage === 'SIGN_VERIFY'));

  it.each([
    ['ecdsa-p256', 'ECC_NIST_P256'],
    ['ed25519', 'ECC_NIST_EDWARDS25519'],
  ] as const)('for %s is %s, and stays when the stack goes', (signing, spec) => {
    const { Properties, DeletionPolicy } = keyOf(Template.fromStack(stackWith({ signing })));
    expect([Properties.KeySpec, DeletionPolicy]).toEqual([spec, 'Retain']);
    expect(Properties.EnableKeyRotation).toBeUndefined();
  });

  it('is ECDSA P-256 unless the stage says otherwise', () => {
    expect(keyOf(dataTemplate).Properties.KeySpec).toBe('ECC_NIST_P256');
  });

  it('signs for the sealer only, whatever IAM allows', () => {
    const { Statement } = keyOf(dataTemplate).Properties.KeyPolicy;
    const [deny] = Statement.filter(({ Effect }: Statement) => Effect === 'Deny');
    expect(deny).toMatchObject({ Action: 'kms:Sign', Principal: { AWS: '*' } });
    expect(arnText(deny.Condition.ArnNotLike['aws:PrincipalArn'])).toMatch(/:role\/heed\/dev\/seal-ledger\/\*$/);
  });

  it('signs in the name that the stage gives', () => {
    const template = Template.fromStack(stackWith({ origin: 'audit.example.org/heed' }));
    template.hasOutput('LedgerOrigin', { Value: 'audit.example.org/heed' });
    dataTemplate.hasOutput('LedgerOrigin', { Value: 'example.com/heed/dev' });
  });
});

function stackWith(ledger: object): Stack {
  const config = readConfig({});
  return new DataStack(testApp(), 'data', { config: { ...config, ledger: { ...config.ledger, ...ledger } } });
}

function auditBucketOf(template: Template) {
  return only(filter(resources(template, 'AWS::S3::Bucket'), ({ ObjectLockEnabled }) => ObjectLockEnabled === true));
}

function policyStatements(template: Template): (Statement & { Sid?: string; Principal: unknown })[] {
  const policies = resources(template, 'AWS::S3::BucketPolicy');
  return only(filter(policies, ({ Bucket }) => /^AuditTrailBucket/.test(Bucket.Ref))).Properties.PolicyDocument
    .Statement;
}

/** Folders of the audit bucket that a statement is about. */
function foldersOf(resource: unknown): string[] {
  return [resource].flat().map((one) => arnText(one).replace(/^<AuditTrailBucket\w+>\/(.*)\*$/, '$1'));
}

/** An intrinsic function as text; what it refers to in angle brackets. */
function arnText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = (value ?? {}) as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(arnText).join('');
  const name = Array.isArray(attribute) ? attribute[0] : Ref;
  return name === undefined ? '' : `<${String(name)}>`;
}
