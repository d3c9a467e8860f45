import type * as z from 'zod/mini';
import type { Contact, ContactClass } from '../domain/contact/contact.ts';
import { defined } from '../domain/defined.ts';
import type { ContactView, contactAnswerSchema } from './schemas/contacts.ts';

type Ends = z.infer<typeof contactAnswerSchema>['classes'];

/** When each class of a contact ends. */
export function endsOf({ classes }: Contact): Ends {
  return mapped(classes, endOf);
}

/** Who holds a contact, and why. */
export function holdsOf({ holds }: Contact): ContactView['holds'] {
  return mapped(holds, ({ placedAt, until, ...hold }) =>
    defined({ ...hold, placedAt: placedAt.toISOString(), until: until?.toISOString() }),
  );
}

/** Whether the clock runs. */
export function statusOf({ status }: Contact): ContactView['status'] {
  if (status.state === 'active') return { state: 'active' };
  const { cancelledAt, contractEndsAt, ...rest } = status;
  return defined({
    ...rest,
    cancelledAt: cancelledAt.toISOString(),
    contractEndsAt: contractEndsAt?.toISOString(),
  });
}

/** The whole contact as its readers see it. */
export function contactView(contact: Contact): ContactView {
  return {
    contactId: contact.contactId,
    identifiers: contact.identifiers.map(({ kind, canonical }) => ({ [kind]: canonical })),
    status: statusOf(contact),
    holds: holdsOf(contact),
    classes: mapped(contact.classes, (held) =>
      defined({
        data: held.data,
        references: held.references?.map((one) => ({ ...one })),
        lastContactAt: held.lastContactAt?.toISOString(),
        ...endOf(held),
      }),
    ),
  };
}

function endOf({ due, expiresAt }: ContactClass): Ends[string] {
  const end = expiresAt === undefined ? undefined : new Date(expiresAt * 1000);
  return defined({ due: due?.toISOString(), expiresAt: end?.toISOString() });
}

function mapped<T, U>(source: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, change(value)]));
}
