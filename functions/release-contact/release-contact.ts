import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { releaseContact as release } from '../../shared/domain/contact/contact-changes.ts';
import type { ContactPorts } from '../../shared/domain/contact/contact-ports.ts';
import { contactNames, requireKnown } from '../../shared/domain/contact/known-contact.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { VisibleError } from '../../shared/domain/errors.ts';

export interface ReleaseContactPorts extends ContactPorts {
  /** Whole days for which what is overdue stays after the last hold. */
  graceDays: number;
}

/** Lifts one hold; once it was the last, what is due goes, but not before the grace is over. */
export function releaseContact({ subjectKeys, schedule, graceDays, ...ports }: ReleaseContactPorts) {
  const change = changeContact(ports);
  return async (contactId: ContactId, holdId: string): Promise<{ contact: Contact }> =>
    await change(contactNames(contactId, subjectKeys), (known, now) => {
      const graceUntil = new Date(secondsAfter(now, graceDays, 'days') * 1000);
      const released = release(requireKnown(known), holdId, graceUntil, { schedule, now });
      if (released.kind === 'changed') return released;
      throw new VisibleError('not-found', 'hold.unknown', 'The contact has no such hold');
    });
}
