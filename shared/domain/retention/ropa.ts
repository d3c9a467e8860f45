import {
  OBJECT_CLASSES,
  type ObjectClass,
  type RetentionClass,
  type RetentionSchedule,
  scheduleVersion,
  type Trigger,
} from './schedule.ts';

/** Who answers for the processing, and what only the organisation itself can say (GDPR Art. 30(1)(a), (e)). */
export interface Accountability {
  controller: { name: string; postalAddress: readonly string[]; contact: string };
  representative?: string | undefined;
  dataProtectionOfficer?: string | undefined;
  /** Third countries that data go to, with the safeguards. None: they go nowhere. */
  transfers?: readonly string[] | undefined;
}

/** When data end: a period after something happened, or after the end of its year. */
export interface TimeLimit {
  period: string;
  from: Trigger | 'creation';
  countedFrom: 'trigger' | 'year-end';
}

/** One activity; members in the order of the letters of Art. 30(1). */
export interface ProcessingActivity {
  /** Name of the class in the schedule. */
  name: string;
  /** (b) */
  purpose: string;
  basis: RetentionClass['basis'];
  /** (c) */
  subjects: string;
  data: string;
  /** (d) Systems that hold the data besides Heed. */
  recipients: readonly string[];
  /** (f) */
  timeLimit: TimeLimit;
  method: RetentionClass['method'];
}

/** A record of processing activities. Every member is there, empty or `null` where nothing is stated, so that a gap shows. */
export interface ProcessingRecord {
  /** Version of the schedule that it was made from. */
  version: string;
  /** (a) */
  controller: Accountability['controller'];
  representative: string | null;
  dataProtectionOfficer: string | null;
  activities: readonly ProcessingActivity[];
  /** (e) */
  transfers: readonly string[];
  /** (g) */
  security: readonly string[];
}

/** What the code does, in general words. */
const SECURITY = [
  'Encrypted at rest with keys of our own, and in transit by TLS 1.2 or newer',
  'One role for each function with named rights; whatever only shows can write nothing',
  'Keyed hashes in place of addresses in logs, queues, events and the audit trail',
  'Deleted at their end by the store itself; a sweeper deletes what is overdue; each deletion is recorded',
  'Signed, append-only audit trail; point-in-time recovery, after which deletions are replayed',
] as const;

/** The record that a schedule is, with who answers for it (GD-08, GDPR Art. 30(1)(a) to (g)). */
export function processingRecord(schedule: RetentionSchedule, accountability: Accountability): ProcessingRecord {
  const { controller, representative, dataProtectionOfficer, transfers } = accountability;
  return {
    version: scheduleVersion(schedule),
    controller,
    representative: representative ?? null,
    dataProtectionOfficer: dataProtectionOfficer ?? null,
    activities: [
      ...Object.entries(schedule.classes).map(([name, rule]) => activityOfClass(name, rule)),
      ...OBJECT_CLASSES.map((name) => activityOfObjects(name, schedule.objects[name])),
    ],
    transfers: transfers ?? [],
    security: SECURITY,
  };
}

function activityOfClass(name: string, rule: RetentionClass): ProcessingActivity {
  const { data, purpose, basis, trigger, period, countedFrom = 'trigger', method, systems } = rule;
  const timeLimit = { period, from: trigger, countedFrom };
  return {
    name,
    purpose,
    basis,
    subjects: 'Customers and former customers',
    data,
    recipients: systems,
    timeLimit,
    method,
  };
}

function activityOfObjects(
  name: ObjectClass,
  { data, purpose, basis, days }: RetentionSchedule['objects'][ObjectClass],
): ProcessingActivity {
  const timeLimit = { period: `P${days}D`, from: 'creation', countedFrom: 'trigger' } as const;
  const subjects = 'Customers, former customers and everybody who makes a request';
  return { name, purpose, basis, subjects, data, recipients: [], timeLimit, method: 'delete' };
}
