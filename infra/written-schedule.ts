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
