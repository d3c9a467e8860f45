import { refuseImpossibleTimes } from '../../shared/domain/contact/cancellation-limits.ts';
import { type ChangeContactPorts, changeContact } from '../../shared/domain/contact/change-contact.ts';
import { cancelContact } from '../../shared/domain/contact/contact-changes.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import type { NamedCancellation } from './check-line.ts';
import type { Done } from './import-cancellations.ts';

export interface CancelKnownPorts extends ChangeContactPorts {
  subjectKeys: SubjectKeys;
  schedule: RetentionSchedule;
}

/** Cancels one contact that is there. Throws a `VisibleError` for one that is not, or that is over, and for impossible times. */
export function cancelKnown({ subjectKeys, schedule, ...ports }: CancelKnownPorts) {
  const change = changeContact(ports);
  return async ({ contactId, ...cancellation }: NamedCancellation): Promise<Done> => {
    refuseImpossibleTimes(cancellation, ports.now());
    const keys = subjectKeys.all({ kind: 'customer', canonical: contactId });
    const { kind } = await change({ contactId, keys }, (known, now) => {
      if (known === undefined || Object.keys(known.classes).length === 0)
        throw new VisibleError('not-found', 'contact.unknown', 'There is no such contact', { field: 'contactId' });
      // Lines of one list come in no order.
      return written(cancelContact(known, known, { ...cancellation, toldAt: now }, { schedule, now }));
    });
    return kind;
  };
}

function written({ kind, contact }: ReturnType<typeof cancelContact>) {
  return kind === 'changed' ? { kind, contact } : { kind };
}
