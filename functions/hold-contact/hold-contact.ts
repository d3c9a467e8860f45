import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact, ContactId, Hold } from '../../shared/domain/contact/contact.ts';
import { holdContact as hold } from '../../shared/domain/contact/contact-changes.ts';
import type { ContactPorts } from '../../shared/domain/contact/contact-ports.ts';
import { contactNames, requireKnown } from '../../shared/domain/contact/known-contact.ts';
import { VisibleError } from '../../shared/domain/errors.ts';

/** Longer than any dispute. Whole days. */
const LONGEST_DAYS = 3660;
/** Each stands in the contact's own item. */
const MOST_HOLDS = 50;

/** A hold as it is asked for. */
export type HoldAsked = Omit<Hold, 'placedAt' | 'until'> & { holdId: string; until?: Date | undefined };

/** Stops the deletion of all that is still there of a contact, even of what is over already (DD-04). */
export function holdContact({ subjectKeys, schedule, ...ports }: ContactPorts) {
  const change = changeContact(ports, { revive: true });
  return async (contactId: ContactId, { holdId, until, ...asked }: HoldAsked): Promise<{ contact: Contact }> => {
    refuseUntil(until, ports.now());
    return await change(contactNames(contactId, subjectKeys), (known, now) => {
      const contact = requireKnown(known);
      refuseOneMore(contact, holdId);
      const placed = { ...asked, placedAt: now, ...(until === undefined ? {} : { until }) };
      return hold(contact, holdId, placed, { schedule, now });
    });
  };
}

function refuseUntil(until: Date | undefined, now: Date): void {
  if (until === undefined || (until > now && until.getTime() <= now.getTime() + LONGEST_DAYS * 86_400_000)) return;
  throw new VisibleError('invalid', 'hold.until', 'The hold would lapse in the past, or too late', {
    field: 'until',
    accepted: `A time in the future, up to ${LONGEST_DAYS} days ahead; or none, for a hold that is released by hand`,
  });
}

function refuseOneMore({ holds }: Contact, holdId: string): void {
  if (Object.hasOwn(holds, holdId) || Object.keys(holds).length < MOST_HOLDS) return;
  throw new VisibleError('conflict', 'hold.too-many', 'The contact has too many holds', {
    accepted: `${MOST_HOLDS} holds`,
  });
}
