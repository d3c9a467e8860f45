import { readCompanion } from '../../shared/adapters/companion-file.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { noticeSchema } from '../../shared/domain/notice.ts';
import { NOTICE_FILE, SECURITY_FILE } from '../../shared/names.ts';
import { checkStatements } from './check-statements.ts';

const statements = {
  notice: noticeSchema.parse(JSON.parse(readCompanion(NOTICE_FILE))),
  security: readCompanion(SECURITY_FILE),
};

/** Fails when something is overdue, since every function's failure rings an alarm: once a day until somebody has seen to it. */
export async function handler(): Promise<void> {
  const overdue = checkStatements(statements, systemTime());
  if (overdue.length === 0) return;
  log('error', 'Statements to the public are overdue', { outcome: overdue.join(', ') });
  throw new Error(`Overdue: ${overdue.join(', ')}. See docs/runbook.md#statements-overdue`);
}
