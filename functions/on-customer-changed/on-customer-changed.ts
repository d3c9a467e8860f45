import { refuseImpossibleTimes } from '../../shared/domain/contact/cancellation-limits.ts';
import { type ChangeContactPorts, changeContact } from '../../shared/domain/contact/change-contact.ts';
import type { Contact } from '../../shared/domain/contact/contact.ts';
import {
  type Change,
  cancelContact,
  type Rules,
  reactivateContact,
} from '../../shared/domain/contact/contact-changes.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import type { CustomerEvent } from './customer-event.ts';

export interface OnCustomerChangedPorts extends ChangeContactPorts {
  subjectKeys: SubjectKeys;
  schedule: RetentionSchedule;
}

/**
 * Takes what a CRM says of its customer. Bears repeats, delay and any order: the newest that happened holds. A contact that is not known yet
 * is waited for. Throws a `VisibleError` for times that nobody can have meant.
 */
export function onCustomerChanged({ subjectKeys, schedule, ...ports }: OnCustomerChangedPorts) {
  const change = changeContact(ports);
  return async (event: CustomerEvent): Promise<void> => {
    refuseImpossibleTimes({ cancelledAt: timeOf(event), ...endOf(event) }, ports.now());
    const keys = subjectKeys.all({ kind: 'customer', canonical: event.contactId });
    await change({ contactId: event.contactId, keys }, (known, now) => {
      const names = { contactId: event.contactId, subjectKey: known?.subjectKey ?? keys[0] };
      const { kind, contact } = decide(known, names, { event, schedule, now });
      return kind === 'changed' ? { kind, contact } : { kind };
    });
  };
}

function decide(
  known: Contact | undefined,
  names: Pick<Contact, 'contactId' | 'subjectKey'>,
  { event, ...rules }: Rules & { event: CustomerEvent },
): Change {
  if (event.type === 'customer.reactivated') return reactivateContact(known, names, event.reactivatedAt, rules);
  const { cancelledAt, reason, contractEndsAt, toldAt } = event;
  return cancelContact(known, names, { cancelledAt, reason, contractEndsAt, toldAt }, rules);
}

function timeOf(event: CustomerEvent): Date {
  return event.type === 'customer.reactivated' ? event.reactivatedAt : event.cancelledAt;
}

function endOf(event: CustomerEvent): { contractEndsAt?: Date | undefined } {
  return event.type === 'customer.cancelled' ? { contractEndsAt: event.contractEndsAt } : {};
}
