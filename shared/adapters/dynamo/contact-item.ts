import * as z from 'zod/mini';
import type { Contact, ContactClass, ContactId, ContactStatus, Hold, Json } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { defined } from '../../domain/defined.ts';
import { epochSeconds } from '../../domain/epoch.ts';
import type { StoredContact } from '../../domain/ports/contacts.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { CLASS_PREFIX, CONTACT_SORT, contactClassKey, contactKey } from './contact-keys.ts';
import type { Attributes } from './table.ts';

const dateSchema = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
);
const endSchema = z.pipe(z.number(), z.transform(epochSeconds));

const holdSchema = z.object({
  holdId: z.string(),
  reason: z.string(),
  by: z.string(),
  placedAt: dateSchema,
  until: z.optional(dateSchema),
});

const contactItemSchema = z.object({
  contactId: z.string(),
  identifiers: z.array(z.object({ kind: z.enum(['email', 'phone']), canonical: z.string() })),
  state: z.enum(['active', 'cancelled']),
  cancelledAt: z.optional(dateSchema),
  reason: z.optional(z.string()),
  contractEndsAt: z.optional(dateSchema),
  decidedAt: z.optional(dateSchema),
  holds: z.array(holdSchema),
  expiresAt: z.optional(endSchema),
});

const classItemSchema = z.object({
  class: z.string(),
  data: z.optional(z.string()),
  references: z.optional(z.array(z.object({ system: z.string(), reference: z.string() }))),
  lastContactAt: z.optional(dateSchema),
  due: z.optional(dateSchema),
  notBefore: z.optional(dateSchema),
  policyVersion: z.optional(z.string()),
  erasureId: z.optional(z.templateLiteral(['req_', z.string()])),
  erasedAt: z.optional(dateSchema),
  expiresAt: z.optional(endSchema),
});

/** The contact's own item, without a version. */
export function contactItem(contact: Contact): Attributes {
  const { contactId, subjectKey, identifiers, status, decidedAt, holds } = contact;
  return defined({
    ...contactKey(subjectKey),
    contactId,
    subjectKey,
    identifiers,
    ...withText(status),
    decidedAt: decidedAt?.toISOString(),
    // A list: what people call their holds is no name for an attribute.
    holds: Object.entries(holds).map(([holdId, hold]) => ({ holdId, ...withText(hold) })),
    holdCount: Object.keys(holds).length,
    holdEndsAt: firstLapse(Object.values(holds)),
    expiresAt: endOfContact(contact),
  });
}

/** The item of one class, without a version. */
export function contactClassItem({ subjectKey }: Contact, name: string, held: ContactClass): Attributes {
  const { data, erasure, ...rest } = held;
  return defined({
    ...contactClassKey(subjectKey, name),
    subjectKey,
    class: name,
    ...withText(rest),
    // As text: DynamoDB knows neither all of JSON's numbers nor more than 32 levels.
    data: data === undefined ? undefined : JSON.stringify(data),
    erasureId: erasure?.requestId,
    erasedAt: erasure?.at.toISOString(),
  });
}

/**
 * Parses the items of one contact's partition. Throws on one that no version of this code wrote. Without the contact's own item, which TTL took
 * first, the rest is a cancelled contact without identifiers.
 */
export function parseContact(
  items: readonly Attributes[],
  names: { contactId: ContactId; subjectKey: SubjectKey },
): StoredContact {
  const classes = Object.fromEntries(items.filter(({ sk }) => String(sk).startsWith(CLASS_PREFIX)).map(parseClass));
  const own = items.find(({ sk }) => sk === CONTACT_SORT);
  const versions = new Map(items.map(({ sk, version }) => [String(sk), z.number().parse(version)]));
  return { contact: { ...names, ...(own === undefined ? ORPHANED : parseOwn(own)), classes }, versions };
}

type OwnFacts = Omit<Contact, 'contactId' | 'subjectKey' | 'classes'>;

function parseOwn(attributes: Attributes): OwnFacts {
  const { identifiers, decidedAt, holds, expiresAt, ...rest } = contactItemSchema.parse(attributes);
  return {
    identifiers,
    status: parseStatus(rest),
    ...defined({ decidedAt, expiresAt }),
    holds: Object.fromEntries(holds.map(({ holdId, ...hold }) => [holdId, defined(hold)])),
  };
}

function parseStatus(facts: Pick<z.infer<typeof contactItemSchema>, 'state' | keyof CancelledFacts>): ContactStatus {
  const { state, cancelledAt, reason, contractEndsAt } = facts;
  if (state === 'active') return { state };
  if (cancelledAt === undefined) throw new Error('A cancelled contact lacks the time of its cancellation');
  return { state, cancelledAt, ...defined({ reason, contractEndsAt }) };
}

type CancelledFacts = Omit<Extract<ContactStatus, { state: 'cancelled' }>, 'state'>;

// Only a contact that is over loses its own item; when it was cancelled is gone with that.
const ORPHANED: OwnFacts = { identifiers: [], status: { state: 'cancelled', cancelledAt: new Date(0) }, holds: {} };

function parseClass(attributes: Attributes): [name: string, held: ContactClass] {
  const { class: name, data, erasureId, erasedAt, ...rest } = classItemSchema.parse(attributes);
  const erasure =
    erasureId === undefined || erasedAt === undefined ? undefined : { requestId: erasureId, at: erasedAt };
  return [name, defined({ ...rest, data: data === undefined ? undefined : (JSON.parse(data) as Json), erasure })];
}

/** When the first hold lapses by itself, for the sweeper; a hold without an end never does. */
function firstLapse(holds: readonly Hold[]): number | undefined {
  const ends = holds.flatMap(({ until }) => (until === undefined ? [] : [until.getTime()]));
  return ends.length === 0 ? undefined : epochSeconds(Math.ceil(Math.min(...ends) / 1000));
}

/** With its dates as text. */
function withText(source: object): Attributes {
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
}
