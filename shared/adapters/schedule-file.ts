import { type RetentionSchedule, scheduleSchema } from '../domain/retention/schedule.ts';
import { SCHEDULE_FILE } from '../names.ts';
import { readCompanion } from './companion-file.ts';

/** The stage's retention schedule, written beside the bundle by the deploy. Throws at start, before any request, when it is missing or wrong. */
export function readSchedule(environment: NodeJS.ProcessEnv = process.env): RetentionSchedule {
  return scheduleSchema.parse(JSON.parse(readCompanion(SCHEDULE_FILE, environment)));
}
