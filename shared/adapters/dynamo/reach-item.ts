import { secondsAfter } from '../../domain/epoch.ts';
import { REACH_DAYS } from '../../domain/policy.ts';
import type { Request } from '../../domain/request.ts';
import { reachKey } from './keys.ts';
import type { Attributes } from './table.ts';

/**
 * What is kept besides a press of a public page's button, so that the person can be told if it was a program's. The request itself forgets the
 * address with its receipt (NO-01); this ends by itself, and with an erasure. `undefined` where nobody could be told.
 */
export function reachItem(request: Request): Attributes | undefined {
  const { source, mailTo, subjectKey, requestId, receivedAt } = request;
  if (source === undefined || mailTo === undefined) return undefined;
  const expiresAt = secondsAfter(receivedAt, REACH_DAYS, 'days');
  return { ...reachKey(request), subjectKey, requestId, mailTo, version: 1, expiresAt };
}
