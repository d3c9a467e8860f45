import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../ledger/canonical.ts';
import { isPeriod, isTimeZone } from './period.ts';

/** What starts the clock of a class. */
export const TRIGGERS = ['cancellation', 'contract-end', 'last-contact'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Names of classes and systems: short, lower-case, and no place for personal data. */
export const SYSTEM_PATTERN = /^[a-z][a-z0-9-]{0,39}$/;
const nameSchema = z.string().check(z.regex(SYSTEM_PATTERN));
const textSchema = z.string().check(z.minLength(1), z.maxLength(300));

const basisSchema = z.strictObject({
  /** The law's article, such as `GDPR Art. 6(1)(c)`. */
  article: textSchema,
  /** The duty or interest behind it. */
  reason: textSchema,
  /** A law commands to keep them: a request to erase does not end them early (GD-05). */
  isStatutoryDuty: z.boolean(),
});

/** Which data, in words for the record of processing and the privacy notice; what they are kept for; and by which right. */
const processing = { data: textSchema, purpose: textSchema, basis: basisSchema };

/** A class of a customer's data, why it is kept and until when (GD-07, GD-08). None may be without a basis, and none without an end. */
const retentionClassSchema = z.strictObject({
  ...processing,
  trigger: z.enum(TRIGGERS),
  period: z.string().check(z.refine(isPeriod, { error: 'Not an ISO 8601 duration above zero and up to 100 years' })),
  countedFrom: z.optional(z.enum(['trigger', 'year-end'])),
  /** What the systems are told to do. What Heed itself holds is deleted in either case. */
  method: z.enum(['delete', 'anonymise']),
  /** Ids of the systems that hold such data besides Heed. */
  systems: z.array(nameSchema).check(z.maxLength(20)),
});

/** Folders of the intake bucket. S3 counts whole days from the day an object was made, and knows no customer. */
export const OBJECT_CLASSES = ['inbound-mail', 'uploads', 'exports'] as const;
export type ObjectClass = (typeof OBJECT_CLASSES)[number];

const objectClassSchema = z.strictObject({
  ...processing,
  /** Whole days after which S3 deletes the object. */
  days: z.int().check(z.gte(1), z.lte(3650)),
});

/** The retention schedule of a stage. */
export const scheduleSchema = z.strictObject({
  /** Date of the policy, ISO 8601. */
  date: z.iso.date(),
  /** IANA name of the zone in whose calendar periods are counted. */
  timeZone: z.string().check(z.refine(isTimeZone, { error: 'Not an IANA time zone' })),
  classes: z.record(nameSchema, retentionClassSchema).check(
    z.refine((classes) => Object.keys(classes).length > 0, { error: 'A schedule without classes keeps nothing' }),
    z.refine((classes) => Object.keys(classes).length <= 30, { error: 'More than 30 classes' }),
  ),
  objects: z.record(z.enum(OBJECT_CLASSES), objectClassSchema),
});

export type RetentionClass = z.infer<typeof retentionClassSchema>;
export type RetentionSchedule = z.infer<typeof scheduleSchema>;

/** Names a schedule by date and content, so that no rule changes under the same name. Recorded with each end that it sets. */
export function scheduleVersion(schedule: RetentionSchedule): string {
  const version = versions.get(schedule) ?? `${schedule.date}.${contentHash(schedule)}`;
  versions.set(schedule, version);
  return version;
}

// Asked for each class of each contact. A schedule is read once and never changed.
const versions = new WeakMap<RetentionSchedule, string>();

function contentHash(schedule: RetentionSchedule): string {
  return hash('sha256', canonicalJson(schedule), 'hex').slice(0, 12);
}
