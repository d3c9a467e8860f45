import { newRequest, type RequestFacts } from './new-request.ts';
import type { Request } from './request.ts';

/** All that is known when an opt-out arrives. */
export type OptOutFacts = Omit<RequestFacts, 'wording'>;

/** The record of an opt-out; effective from the moment it is written. */
export function optOutRequest(facts: OptOutFacts): Request {
  return newRequest(facts, { type: 'opt-out', state: 'effective' });
}
