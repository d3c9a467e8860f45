import type { OptOutFacts } from '../../shared/domain/opt-out-request.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { SourceKey } from '../../shared/domain/source.ts';
import { sampleOptOut } from './sample-opt-out.ts';

export const SOURCE = `k1.${'s'.repeat(43)}` as SourceKey;
export const PRESS_START = new Date('2026-11-23T07:15:30.250Z');

export function secondsLater(seconds: number): Date {
  return new Date(PRESS_START.getTime() + seconds * 1000);
}

/** A press of the button of `/u/{token}` by `person-<n>@example.org`. */
export function samplePress(person: number, facts: Partial<OptOutFacts> & { seconds?: number } = {}): Request {
  const { seconds = 0, ...more } = facts;
  return sampleOptOut({
    address: `person-${person}@example.org`,
    requestId: `req_${person}_${seconds}`,
    scopes: ['email:marketing' as never],
    manner: 'link-page',
    receivedAt: secondsLater(seconds),
    source: SOURCE,
    ...more,
  });
}
