import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import type { RetentionSchedule } from '../domain/retention/schedule.ts';
import type { Settings } from '../settings.ts';
import { textFile } from './texts.ts';

/** What of a stage stands in its privacy notice. */
export interface NoticeFacts {
  settings: Pick<Settings, 'controller' | 'sender' | 'retention'>;
  schedule: RetentionSchedule;
}

/**
 * Names what the privacy notice says, the same in every language: 12 hexadecimal digits of the SHA-256 of its English words, of the stage's facts
 * and of who stands behind it.
 */
export function noticeVersion({ settings, schedule }: NoticeFacts): string {
  const { controller, sender, retention } = settings;
  const said = [textFile('privacy.', 'en'), schedule, controller, sender.address, retention.requestDays];
  return createHash('sha256').update(canonicalJson(said)).digest('hex').slice(0, 12);
}
