import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { INBOUND_PREFIX, OUTPUT, TTL_ATTRIBUTE } from '../../shared/names.ts';
import { only, resources, synthesise } from './synthesis.ts';

const dev = synthesise();
const prod = synthesise({ stage: 'prod' });
const tables = resources(dev.dataTemplate, 'AWS::DynamoDB::Table');
const [registry, contacts, ledger] = ['Registry', 'Contacts', 'LedgerTable'].map((name) =>
  only(Object.fromEntries(Object.entries(tables).filter(([id]) => id.startsWith(name)))),
);
const buckets = Object.values(resources(dev.dataTemplate, 'AWS::S3::Bucket'));
const auditBucket = buckets.find(({ Properties }) => Properties.ObjectLockEnabled === true);
const retained = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::KMS::Key'];

describe('the data stack', () => {
  it('is protected from termination', () => {
    expect([dev.data.terminationProtection, prod.data.terminationProtection]).toEqual([true, true]);
  });

  it.each(retained)('keeps every %s when the stack goes', (type) => {
    const found = Object.values(resources(dev.dataTemplate, type));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toBe(true);
  });

  it('gives no physical names, so that several stages fit one account', () => {
    for (const field of ['TableName', 'BucketName', 'Name']) {
      const named = retained.flatMap((type) =>
        Object.values(resources(dev.dataTemplate, type)).map((found) => found.Properties[field]),
      );
      expect(named.filter((name) => name !== undefined)).toEqual([]);
    }
  });

  it('rotates every key that can be rotated', () => {
    const keys = Object.values(resources(dev.dataTemplate, 'AWS::KMS::Key'));
    const symmetric = keys.filter(({ Properties }) => Properties.KeySpec === undefined);
    expect(symmetric.map(({ Properties }) => Properties.EnableKeyRotation)).toEqual(symmetric.map(() => true));
    expect(keys).toHaveLength(symmetric.length + 1);
  });

  it('tells the names that tools and tests need', () => {
    const tableNames = [OUTPUT.registryTable, OUTPUT.contactsTable, OUTPUT.ledgerTable];
    const names = [...tableNames, OUTPUT.auditBucket, OUTPUT.ledgerOrigin, OUTPUT.keyRing];
    for (const name of names) dev.dataTemplate.hasOutput(name, {});
  });
});

describe.each([
  ['the registry', registry, /^RegistryKey/],
  ['the contacts', contacts, /^ContactsKey/],
  ['the ledger table', ledger, /^LedgerTableKey/],
])('%s', (_, table, key) => {
  it('is on demand, protected from deletion and recoverable to a point in time', () => {
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('is encrypted with a key of its own', () => {
    expect(table?.Properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    expect(table?.Properties.SSESpecification.KMSMasterKeyId['Fn::GetAtt'][0]).toMatch(key);
  });

  it('ends items by the attribute that the code writes (DD-03)', () => {
    expect(table?.Properties.TimeToLiveSpecification).toEqual({ AttributeName: TTL_ATTRIBUTE, Enabled: true });
  });

  it('has keys of two parts', () => {
    expect(table?.Properties.KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName)).toEqual([
      'pk',
      'sk',
    ]);
  });
});

describe('the streams', () => {
  it.each([registry, contacts])('show new and old images: the stream is the outbox', (table) => {
    expect(table?.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it("show nothing of the ledger's bookkeeping, which would enter the ledger", () => {
    expect(ledger?.Properties.StreamSpecification).toBeUndefined();
  });
});

describe('the audit bucket', () => {
  it.each([
    ['dev', dev.dataTemplate, 'GOVERNANCE', 1],
    ['prod', prod.dataTemplate, 'COMPLIANCE', 760],
  ] as const)('locks objects in %s (S3-01)', (_, template, mode, atLeastDays) => {
    const locks = Object.values(resources(template, 'AWS::S3::Bucket')).flatMap(({ Properties }) =>
      Properties.ObjectLockEnabled ? [Properties.ObjectLockConfiguration.Rule.DefaultRetention] : [],
    );
    expect(locks).toEqual([{ Mode: mode, Days: expect.any(Number) }]);
    expect(locks[0].Days).toBeGreaterThanOrEqual(atLeastDays);
  });

  it('has versions, a key of its own and an access log', () => {
    expect(auditBucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^AuditTrailAccessLog/) } },
    });
    const [rule] = auditBucket?.Properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    expect(rule.ServerSideEncryptionByDefault).toMatchObject({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^AuditTrailKey/), 'Arn'] },
    });
  });
});

describe('every bucket', () => {
  it('is closed to the public and owned by the account', () => {
    for (const { Properties } of buckets) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    }
  });

  it('refuses requests without TLS', () => {
    const refusals = bucketStatements().filter(
      ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
    );
    expect(refusals).toHaveLength(buckets.length);
  });
});

describe('the key ring', () => {
  it('is generated by AWS: its key stands in no template', () => {
    const { Properties } = only(resources(dev.dataTemplate, 'AWS::SecretsManager::Secret'));
    expect(Properties.SecretString).toBeUndefined();
    expect(Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"current":"k1"}',
      GenerateStringKey: 'k1',
      ExcludePunctuation: true,
      PasswordLength: 64,
    });
    expect(Properties.KmsKeyId['Fn::GetAtt'][0]).toMatch(/^KeyRingKey/);
  });
});

interface BucketStatement {
  Effect: string;
  Action: string | string[];
  Condition?: { Bool?: Record<string, string> };
}

function bucketStatements(): BucketStatement[] {
  return Object.values(resources(dev.dataTemplate, 'AWS::S3::BucketPolicy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
}

describe('the inbound bucket', () => {
  const [bucketId, inbound] = Object.entries(resources(dev.dataTemplate, 'AWS::S3::Bucket')).find(
    ([id]) => id.startsWith('InboundMail') && !id.startsWith('InboundMailAccessLog'),
  ) ?? ['', undefined];

  it('keeps mails for as long as the notes about them, and no versions of deleted ones', () => {
    expect(inbound?.Properties.VersioningConfiguration).toBeUndefined();
    expect(inbound?.Properties.LifecycleConfiguration.Rules).toEqual([
      expect.objectContaining({
        Status: 'Enabled',
        ExpirationInDays: readConfig({}).schedule.objects['inbound-mail'].days,
      }),
    ]);
  });

  it('has a key of its own and an access log, and tells the bus of the account of each mail', () => {
    const [rule] = inbound?.Properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    expect(rule.ServerSideEncryptionByDefault.KMSMasterKeyID['Fn::GetAtt'][0]).toMatch(/^InboundMailKey/);
    expect(inbound?.Properties).toMatchObject({
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^InboundMailAccessLog/) } },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  it('lets SES put mails in the name of this account, into its folder only', () => {
    const policies = Object.values(resources(dev.dataTemplate, 'AWS::S3::BucketPolicy'));
    const policy = policies.find(({ Properties }) => Properties.Bucket.Ref === bucketId);
    const allowed = policy?.Properties.PolicyDocument.Statement.filter(
      ({ Effect }: BucketStatement) => Effect === 'Allow',
    );
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Action: 's3:PutObject',
        Principal: { Service: 'ses.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, `/${INBOUND_PREFIX}*`]] },
      },
    ]);
  });
});
