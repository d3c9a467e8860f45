import { DEFAULT_SCHEDULE } from '../shared/domain/retention/default-schedule.ts';
import type { RetentionClass, RetentionSchedule } from '../shared/domain/retention/schedule.ts';

/** What a stage wants otherwise than {@link DEFAULT_SCHEDULE}. `null` takes a class out. */
export interface ScheduleChanges extends Partial<Omit<RetentionSchedule, 'classes'>> {
  classes?: Readonly<Record<string, RetentionClass | null>>;
}

/** The defaults with a stage's changes. Unchecked: the configuration's schema checks what comes out. */
export function writtenSchedule({ classes, ...changes }: ScheduleChanges = {}): RetentionSchedule {
  const all = Object.entries({ ...DEFAULT_SCHEDULE.classes, ...classes });
  const kept = all.filter((entry): entry is [string, RetentionClass] => entry[1] !== null);
  return { ...DEFAULT_SCHEDULE, ...changes, classes: Object.fromEntries(kept) };
}

/** The changes with one class more, kept for `period`; the same without one. */
export function withBrief(changes: ScheduleChanges = {}, period: string | undefined): ScheduleChanges {
  if (period === undefined) return changes;
  const brief: RetentionClass = {
    data: 'Notes that are needed for a moment',
    purpose: 'To see how data end',
    basis: { article: 'GDPR Art. 6(1)(f)', reason: 'Demonstration', isStatutoryDuty: false },
    trigger: 'cancellation',
    period,
    method: 'delete',
    systems: [],
  };
  return { ...changes, classes: { ...changes.classes, brief } };
}
