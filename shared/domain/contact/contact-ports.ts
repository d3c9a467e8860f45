import type { RetentionSchedule } from '../retention/schedule.ts';
import type { SubjectKeys } from '../subject.ts';
import type { ChangeContactPorts } from './change-contact.ts';

/** What every capability works with that changes a contact. */
export interface ContactPorts extends ChangeContactPorts {
  subjectKeys: SubjectKeys;
  schedule: RetentionSchedule;
}
