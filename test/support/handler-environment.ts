import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../infra/config.ts';
import { snippet } from '../../infra/snippet.ts';
import { gpcStatement, securityText } from '../../infra/statements.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { ENV, GPC_FILE, NOTICE_FILE, SCHEDULE_FILE, SECURITY_FILE, SNIPPET_FILE } from '../../shared/names.ts';
import { TEST_PUBLIC_URL, testSettings } from './settings.ts';

// Handlers read their environment when they are loaded: import this file before them.
const taskRoot = mkdtempSync(join(tmpdir(), 'heed-task-'));
writeFileSync(join(taskRoot, 'openapi.json'), '{"openapi":"3.1.0"}');
writeFileSync(join(taskRoot, SCHEDULE_FILE), JSON.stringify(DEFAULT_SCHEDULE));
writeFileSync(join(taskRoot, 'ropa.json'), '{"version":"2026-11-26"}');

const { statements } = readConfig({});
writeFileSync(join(taskRoot, NOTICE_FILE), JSON.stringify(statements.notice));
writeFileSync(join(taskRoot, GPC_FILE), gpcStatement(statements));
// Long over, so that a test sees the alarm.
writeFileSync(join(taskRoot, SECURITY_FILE), securityText(statements, new Date('2020-01-01')));
writeFileSync(join(taskRoot, SNIPPET_FILE), snippet());

Object.assign(process.env, {
  [ENV.settings]: JSON.stringify(testSettings),
  [ENV.publicUrl]: TEST_PUBLIC_URL,
  [ENV.registryTable]: 'Registry',
  [ENV.contactsTable]: 'Contacts',
  [ENV.auditBucket]: 'audit',
  [ENV.keyRing]: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:ring',
  [ENV.mailQueueUrl]: 'https://sqs.eu-central-1.amazonaws.com/000000000000/mail',
  [ENV.textQueueUrl]: 'https://sqs.eu-central-1.amazonaws.com/000000000000/texts',
  [ENV.eventBus]: 'events',
  [ENV.configurationSet]: 'receipts',
  [ENV.ledgerTable]: 'Ledger',
  [ENV.inboundBucket]: 'inbound',
  [ENV.intakeBucket]: 'intake',
  [ENV.signingKey]: 'arn:aws:kms:eu-central-1:000000000000:key/ledger',
  [ENV.ledgerOrigin]: 'heed.example.org/ledger',
  AWS_REGION: 'eu-central-1',
  LAMBDA_TASK_ROOT: taskRoot,
});
