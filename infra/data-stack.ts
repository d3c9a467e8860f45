import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OUTPUT } from '../shared/names.ts';
import { ledgerOrigin, type StageConfig } from './config.ts';
import { AuditTrail } from './constructs/audit-trail.ts';
import { Contacts } from './constructs/contacts.ts';
import { InboundBucket } from './constructs/inbound-bucket.ts';
import { IntakeBucket } from './constructs/intake-bucket.ts';
import { KeyRing } from './constructs/key-ring.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { Registry } from './constructs/registry.ts';
import { SigningKey } from './constructs/signing-key.ts';

/** What must outlive every deploy: it is retained, and the stack cannot be deleted by accident. */
export class DataStack extends Stack {
  readonly registry: Registry;
  readonly contacts: Contacts;
  readonly ledgerTable: LedgerTable;
  readonly auditTrail: AuditTrail;
  readonly intake: IntakeBucket;
  readonly signingKey: SigningKey;
  readonly keyRing: KeyRing;
  readonly inbound: InboundBucket;

  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { config: StageConfig }) {
    super(scope, id, { description: 'Heed: data that outlives deploys', terminationProtection: true, ...props });
    const { settings, ledger, auditLock: lock } = config;
    const { stage } = settings;
    const origin = ledgerOrigin(config);
    this.registry = new Registry(this, 'Registry');
    this.contacts = new Contacts(this, 'Contacts');
    this.ledgerTable = new LedgerTable(this, 'LedgerTable');
    this.auditTrail = new AuditTrail(this, 'AuditTrail', { stage, lock, replica: ledger.replica });
    this.intake = new IntakeBucket(this, 'Intake', { objects: config.schedule.objects });
    const signer = { stage, capability: 'seal-ledger' };
    this.signingKey = new SigningKey(this, 'SigningKey', { signing: ledger.signing, origin, signer });
    this.keyRing = new KeyRing(this, 'KeyRing');
    this.inbound = new InboundBucket(this, 'InboundMail', { days: config.schedule.objects['inbound-mail'].days });
    this.#tell({
      [OUTPUT.registryTable]: this.registry.table.tableName,
      [OUTPUT.contactsTable]: this.contacts.table.tableName,
      [OUTPUT.ledgerTable]: this.ledgerTable.table.tableName,
      [OUTPUT.auditBucket]: this.auditTrail.bucket.bucketName,
      [OUTPUT.inboundBucket]: this.inbound.bucket.bucketName,
      [OUTPUT.intakeBucket]: this.intake.bucket.bucketName,
      [OUTPUT.ledgerOrigin]: origin,
      [OUTPUT.keyRing]: this.keyRing.arn,
    });
  }

  #tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
