import type { EpochSeconds } from '../epoch.ts';
import type { RequestId } from '../request.ts';
import type { Identifier, SubjectKey } from '../subject.ts';

/** The id that the business gave its customer: 1 to 64 letters, digits, dot, dash, underscore. Never an address. */
export type ContactId = string & { readonly __kind: 'contact id' };

export const CONTACT_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Why a contact's data must not go, whatever their end: a dispute, an audit. */
export interface Hold {
  reason: string;
  /** Who placed it, as the access token names them. */
  by: string;
  placedAt: Date;
  /** When it lapses by itself. Absent: when it is released. */
  until?: Date;
}

/** Data that lie in another system. */
export interface Reference {
  system: string;
  reference: string;
}

/** One class of a contact's data under its clock. */
export interface ContactClass {
  data?: Json;
  references?: readonly Reference[];
  /** Last contact about this class, for periods that are counted from it. Absent: the cancellation. */
  lastContactAt?: Date;
  /** When the schedule, or an erasure, ends it. Absent while neither does. */
  due?: Date;
  /** Not deleted before, whatever is due: the grace after a hold or a shorter schedule. */
  notBefore?: Date;
  /** DynamoDB's TTL. Absent exactly while the class is held or has no end (DD-04). */
  expiresAt?: EpochSeconds;
  /** Version of the schedule that set `due`. */
  policyVersion?: string;
  /** Set when the customer had it erased before its time. */
  erasure?: { requestId: RequestId; at: Date };
}

/** Whether the clock runs. */
export type ContactStatus =
  | { state: 'active' }
  | { state: 'cancelled'; cancelledAt: Date; reason?: string; contractEndsAt?: Date };

/** A customer whose data Heed sees to. */
export interface Contact {
  contactId: ContactId;
  /** Key of the identifier of kind `customer`: how ledger, bus and queues know the contact. */
  subjectKey: SubjectKey;
  /** How the customer can ask for erasure. */
  identifiers: readonly Identifier[];
  status: ContactStatus;
  /** When that happened which the status comes from: what is older loses against it, in whatever order events arrive. */
  decidedAt?: Date;
  holds: Readonly<Record<string, Hold>>;
  /** By name of the class. None: an event came before the contact itself did, or TTL has taken all of them. */
  classes: Readonly<Record<string, ContactClass>>;
  /** End of the contact's own item as it was stored. It speaks for the contact only while there are no classes. */
  expiresAt?: EpochSeconds;
}

export function isHeld({ holds }: Pick<Contact, 'holds'>): boolean {
  return Object.keys(holds).length > 0;
}
