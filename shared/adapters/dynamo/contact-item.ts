import * as z from 'zod/mini';
import type { Contact, ContactClass, ContactId, ContactStatus, Hold, Json } from '../../domain/contact/contact.ts';
import { endOfContact } from '../../domain/contact/contact-ends.ts';
import { epochSeconds } from '../../domain/epoch.ts';
import type { RequestId } from '../../domain/request.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { contactClassKey, contactKey } from './contact-keys.ts';
import type { Attributes } from './table.ts';

const holdSchema = z.object({
  reason: z.string(),
  by: z.string(),
  placedAt: z.string(),
  until: z.optional(z.string()),
});
const contactItemSchema = z.object({
  contactId: z.string(),
  subjectKey: z.string(),
  identifiers: z.array(z.object({ kind: z.enum(['email', 'phone']), canonical: z.string() })),
  state: z.enum(['active', 'cancelled']),
  cancelledAt: z.optional(z.string()),
  reason: z.optional(z.string()),
  contractEndsAt: z.optional(z.string()),
  decidedAt: z.optional(z.string()),
  holds: z.record(z.string(), holdSchema),
  expiresAt: z.optional(z.number()),
});
const classItemSchema = z.object({
  class: z.string(),
  data: z.optional(z.unknown()),
  references: z.optional(z.array(z.object({ system: z.string(), reference: z.string() }))),
  lastContactAt: z.optional(z.string()),
  due: z.optional(z.string()),
  notBefore: z.optional(z.string()),
  policyVersion: z.optional(z.string()),
  erasureId: z.optional(z.string()),
  erasedAt: z.optional(z.string()),
  expiresAt: z.optional(z.number()),
});

/** The contact's own item, without its version. */
export function contactItem(contact: Contact): Attributes {
  const { contactId, subjectKey, identifiers, status, decidedAt, holds } = contact;
  return present({
    ...contactKey(subjectKey),
    ...{ contactId, subjectKey, identifiers },
    ...statusAttributes(status),
    decidedAt: decidedAt?.toISOString(),
    holds: Object.fromEntries(Object.entries(holds).map(([id, hold]) => [id, holdAttribute(hold)])),
    holdCount: Object.keys(holds).length,
    holdEndsAt: firstLapse(Object.values(holds)),
    expiresAt: endOfContact(contact),
  });
}

function statusAttributes(status: ContactStatus): Attributes {
  if (status.state === 'active') return { state: 'active' };
  const { state, cancelledAt, reason, contractEndsAt } = status;
  return { state, cancelledAt: cancelledAt.toISOString(), reason, contractEndsAt: contractEndsAt?.toISOString() };
}

function holdAttribute({ placedAt, until, ...hold }: Hold): Attributes {
  return present({ ...hold, placedAt: placedAt.toISOString(), until: until?.toISOString() });
}

/** When the first of the holds lapses by itself, in epoch seconds: what the sweeper looks for. */
function firstLapse(holds: readonly Hold[]): number | undefined {
  const ends = holds.flatMap(({ until }) => (until === undefined ? [] : [until.getTime()]));
  return ends.length === 0 ? undefined : Math.ceil(Math.min(...ends) / 1000);
}

/** The item of one class, without its version. */
export function contactClassItem(subjectKey: SubjectKey, name: string, held: ContactClass): Attributes {
  const { lastContactAt, due, notBefore, erasure, ...rest } = held;
  return present({
    ...contactClassKey(subjectKey, name),
    ...rest,
    ...{ subjectKey, class: name },
    lastContactAt: lastContactAt?.toISOString(),
    due: due?.toISOString(),
    notBefore: notBefore?.toISOString(),
    erasureId: erasure?.requestId,
    erasedAt: erasure?.at.toISOString(),
  });
}

/** Parses the contact's own item. Throws on an item that no version of this code wrote. */
export function parseContactItem(attributes: Attributes, classes: Contact['classes']): Contact {
  const { contactId, subjectKey, identifiers, decidedAt, holds, expiresAt, ...status } =
    contactItemSchema.parse(attributes);
  return {
    contactId: contactId as ContactId,
    subjectKey: subjectKey as SubjectKey,
    identifiers,
    status: parseStatus(status),
    ...dates({ decidedAt }),
    holds: Object.fromEntries(Object.entries(holds).map(([id, hold]) => [id, parseHold(hold)])),
    classes,
    ...end(expiresAt),
  };
}

function parseStatus(
  written: Omit<z.infer<typeof contactItemSchema>, 'contactId' | 'holds'> | Attributes,
): ContactStatus {
  const { state, cancelledAt, reason, contractEndsAt } = written as Record<string, string | undefined>;
  if (state === 'active') return { state };
  if (cancelledAt === undefined) throw new TypeError('A cancelled contact has no time of its cancellation');
  return {
    state: 'cancelled',
    cancelledAt: new Date(cancelledAt),
    ...(reason === undefined ? {} : { reason }),
    ...dates({ contractEndsAt }),
  };
}

function parseHold({ placedAt, until, ...hold }: z.infer<typeof holdSchema>): Hold {
  return { ...hold, placedAt: new Date(placedAt), ...dates({ until }) };
}

/** Parses the item of one class. Throws on an item that no version of this code wrote. */
export function parseClassItem(attributes: Attributes): [name: string, held: ContactClass] {
  const {
    class: name,
    data,
    references,
    policyVersion,
    erasureId,
    erasedAt,
    expiresAt,
    ...times
  } = classItemSchema.parse(attributes);
  const erasure =
    erasureId === undefined || erasedAt === undefined
      ? {}
      : { erasure: { requestId: erasureId as RequestId, at: new Date(erasedAt) } };
  const content = present({ data: data as Json | undefined, references, policyVersion });
  return [name, { ...content, ...dates(times), ...erasure, ...end(expiresAt) }];
}

function end(expiresAt: number | undefined) {
  return expiresAt === undefined ? {} : { expiresAt: epochSeconds(expiresAt) };
}

/** The written times as dates, without those that are absent. */
function dates<K extends string>(times: { [N in K]?: string | undefined }): { [N in K]?: Date } {
  const known = Object.entries<string | undefined>(times).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(known.map(([name, time]) => [name, new Date(time)])) as { [N in K]?: Date };
}

/** Without the members that have no value. */
function present<T extends object>(source: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
