/**
 * Strings on which two sides must agree: infrastructure and runtime, writer and reader, app and local tools.
 * This file imports nothing.
 */

/** Environment variables of the functions. The construct that grants an access also sets its variable. */
export const ENV = {
  /** Public settings of the stage as JSON; see `shared/settings.ts`. Never a secret. */
  settings: 'HEED_SETTINGS',
  /** Origin of every link that Heed hands out, without a trailing slash. */
  publicUrl: 'PUBLIC_URL',
  /** Version of the privacy notice that the stage shows; each request names it. */
  noticeVersion: 'NOTICE_VERSION',
  registryTable: 'REGISTRY_TABLE',
  contactsTable: 'CONTACTS_TABLE',
  auditBucket: 'AUDIT_BUCKET',
  /** ARN of the key ring's secret; the secret itself never stands in an environment. */
  keyRing: 'KEY_RING_SECRET_ARN',
  mailQueueUrl: 'MAIL_QUEUE_URL',
  textQueueUrl: 'TEXT_QUEUE_URL',
  eventBus: 'EVENT_BUS_NAME',
  configurationSet: 'CONFIGURATION_SET',
  ledgerTable: 'LEDGER_TABLE',
  inboundBucket: 'INBOUND_BUCKET',
  intakeBucket: 'INTAKE_BUCKET',
  /** ARN of the KMS key that seals the ledger. */
  signingKey: 'SIGNING_KEY_ARN',
  /** Name of the ledger in its checkpoints (C2SP origin), and of the key that signs them. */
  ledgerOrigin: 'LEDGER_ORIGIN',
} as const;

/** The attribute by which DynamoDB's TTL deletes. Epoch seconds, see `shared/domain/epoch.ts` (DD-03). */
export const TTL_ATTRIBUTE = 'expiresAt';

/** The retention schedule of the stage, a file beside the bundle of each function that counts periods. */
export const SCHEDULE_FILE = 'retention-schedule.json';

/** Further files beside bundles: the privacy notice's own data, what `/.well-known/` states, the snippet for sites. */
export const NOTICE_FILE = 'privacy-notice.json';
export const GPC_FILE = 'gpc.json';
export const SECURITY_FILE = 'security.txt';
export const SNIPPET_FILE = 'optout.js';

/** Where sites load the snippet from. What is served there never changes: their pages name its hash. */
export const SNIPPET_PATH = '/optout.v1.js';

/** Folders of the audit bucket. They name no date, so that each lists in order: objects, checkpoints, public keys. */
export const LEDGER_PREFIX = 'ledger/';
export const CHECKPOINT_PREFIX = 'checkpoints/';
export const KEY_PREFIX = 'keys/';

/** Folder of the inbound bucket into which SES puts what it receives. */
export const INBOUND_PREFIX = 'inbound-mail/';
/** Folders of the intake bucket by the schedule's class of objects: what lies in one ends after the days of its class. */
export const INTAKE_PREFIX = {
  'inbound-mail': 'inbound-mail/',
  uploads: 'uploads/',
  exports: 'exports/',
} as const;

/** Where an agent's signed permission lies in the intake bucket. */
export function permissionKey(requestId: string): string {
  return INTAKE_PREFIX.uploads + requestId;
}

/** Type of the event by which the writer of the ledger asks for a seal between two scheduled ones. */
export const SEAL_DUE = 'ledger.seal-due';

/** Types of the events by which other systems say that a customer left or came back. */
export const CUSTOMER_EVENTS = ['customer.cancelled', 'customer.reactivated'] as const;
/** Type of the event by which a system says that it has followed a deletion. */
export const DELETION_ACKNOWLEDGED = 'contact.class.acknowledged';

/** Codes of log lines from which CloudWatch makes metrics. */
export const LOG_CODE = {
  /** TTL was late: `seconds` after its end the most overdue item went. */
  overdue: 'sweep.overdue',
  /** `count` deletions wait too long for a system. */
  unacknowledged: 'sweep.unacknowledged',
  /** `count` complaints wait past their last day. */
  overdueComplaints: 'complaints.overdue',
  /** `count` bursts wait for staff. */
  openBursts: 'bursts.open',
} as const;
/** Source of every event that Heed puts on its bus. */
export const EVENT_SOURCE = 'heed';

/** OAuth scopes of machine clients; the resource server's identifier is part of the scope on the wire. */
export const RESOURCE_SERVER = 'heed';
export const OAUTH_SCOPES = {
  'checks:read': 'Ask whether an address may be written to',
  'links:write': 'Make unsubscribe links and headers',
  'contacts:read': 'Read contacts and certificates of their deletion',
  'contacts:write': 'Write contacts, cancel and reactivate them',
  'holds:write': 'Staff: place and release legal holds',
  'deletions:write': 'Acknowledge that a system has deleted',
  'staff:write': 'Staff: take requests on behalf of people, and handle complaints',
} as const;
export type OAuthScope = keyof typeof OAUTH_SCOPES;

/** The scope by which a program may do what staff may, and the group of people who are staff. */
export const STAFF_SCOPE: OAuthScope = 'staff:write';
export const STAFF_GROUP = 'staff';

/** The form field that people do not see. A robot that fills it is recorded as suspect; its opt-out still holds. */
export const HONEYPOT_FIELD = 'company_website';

/** Outputs of the stacks, read by `infra/local`, tests and people who deploy. */
export const OUTPUT = {
  apiUrl: 'ApiUrl',
  publicUrl: 'PublicUrl',
  registryTable: 'RegistryTableName',
  auditBucket: 'AuditBucketName',
  intakeBucket: 'IntakeBucketName',
  userPoolId: 'UserPoolId',
  userPoolClientId: 'UserPoolClientId',
  tokenUrl: 'TokenUrl',
  staffClientId: 'StaffClientId',
  sweepFunction: 'SweepFunctionName',
  contactsTable: 'ContactsTableName',
  ledgerTable: 'LedgerTableName',
  sealFunction: 'SealFunctionName',
  /** What `npx heed replay-failures` is given. */
  streamFailures: 'StreamFailuresQueueUrl',
  inboundBucket: 'InboundBucketName',
  /** Where other systems put what happened to customers, and what they may send it to instead. */
  eventBus: 'EventBusName',
  customerEvents: 'CustomerEventsQueueUrl',
  /** What `npx heed reschedule` is given. */
  rescheduleFunction: 'RescheduleFunctionName',
  ledgerOrigin: 'LedgerOrigin',
  keyRing: 'KeyRingSecretArn',
} as const;

/** Outputs that only a stage with `texts` has. */
export const TEXTS_OUTPUT = {
  /** What the phone numbers of the stage publish incoming texts to (their two-way channel). */
  topic: 'IncomingTextsTopicArn',
} as const;
