import { epochSeconds } from '../epoch.ts';
import type { RequestId } from '../request.ts';
import { type Contact, type ContactClass, isHeld } from './contact.ts';
import { eachClass, type Rules } from './contact-changes.ts';

/** What became of one class when its erasure was asked. */
export type ErasureOutcome =
  | { class: string; outcome: 'erased' }
  /** A law commands to keep it; `until` is absent while the customer is one, since the period has not begun. */
  | { class: string; outcome: 'kept-by-law'; until?: Date }
  /** A hold keeps it; it goes when that is released. */
  | { class: string; outcome: 'kept-by-hold' };

/** A customer's request to erase. */
export interface Erasure {
  requestId: RequestId;
  at: Date;
}

/**
 * Ends every class at once that neither a hold nor a statutory duty keeps (GD-05). What a hold keeps is marked and goes when it is released. A
 * class that the schedule does not name has no basis, and goes.
 */
export function eraseContact(
  known: Contact,
  erasure: Erasure,
  { schedule }: Pick<Rules, 'schedule'>,
): { contact: Contact; outcomes: ErasureOutcome[] } {
  const isKeptByLaw = (name: string) => schedule.classes[name]?.basis.isStatutoryDuty === true;
  const contact = eachClass(known, (held, name) => (isKeptByLaw(name) ? held : erased(known, held, erasure)));
  const outcomes = Object.entries(known.classes).map(([name, { due }]): ErasureOutcome => {
    if (isKeptByLaw(name)) return { class: name, outcome: 'kept-by-law', ...(due === undefined ? {} : { until: due }) };
    return { class: name, outcome: isHeld(known) ? 'kept-by-hold' : 'erased' };
  });
  return { contact, outcomes };
}

function erased(contact: Contact, { notBefore: _, ...held }: ContactClass, erasure: Erasure): ContactClass {
  // Rounded down to TTL's unit: it is over when the answer is given, not up to a second later.
  const at = epochSeconds(Math.floor(erasure.at.getTime() / 1000));
  const due = held.due !== undefined && held.due < erasure.at ? held.due : new Date(at * 1000);
  const ended = { ...held, due, erasure: held.erasure ?? erasure };
  return isHeld(contact) ? ended : { ...ended, expiresAt: at };
}
