import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OUTPUT } from '../shared/names.ts';
import type { StageConfig } from './config.ts';
import { AuditTrail } from './constructs/audit-trail.ts';
import { KeyRing } from './constructs/key-ring.ts';
import { Registry } from './constructs/registry.ts';

/** What must outlive every deploy: it is retained, and the stack cannot be deleted by accident. */
export class DataStack extends Stack {
  readonly registry: Registry;
  readonly auditTrail: AuditTrail;
  readonly keyRing: KeyRing;

  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { config: StageConfig }) {
    super(scope, id, { description: 'Heed: data that outlives deploys', terminationProtection: true, ...props });
    this.registry = new Registry(this, 'Registry');
    this.auditTrail = new AuditTrail(this, 'AuditTrail', { lock: config.auditLock });
    this.keyRing = new KeyRing(this, 'KeyRing');
    new CfnOutput(this, OUTPUT.registryTable, { value: this.registry.table.tableName });
    new CfnOutput(this, OUTPUT.auditBucket, { value: this.auditTrail.bucket.bucketName });
    new CfnOutput(this, OUTPUT.keyRing, { value: this.keyRing.arn });
  }
}
