import * as z from 'zod/mini';
import type { Confirmation } from '../../domain/confirmation.ts';
import { epochSeconds } from '../../domain/epoch.ts';
import { MANNERS, type RequestId } from '../../domain/request.ts';
import type { ScopeName } from '../../domain/scope.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { CONFIRMATION_PREFIX, confirmationKey } from './keys.ts';
import type { Attributes } from './table.ts';

const confirmationItemSchema = z.object({
  pk: z.string(),
  purpose: z.enum(['confirm-mailbox', 'undo', 'opt-in', 'erasure']),
  subjectKey: z.string(),
  requestId: z.string(),
  scopes: z.array(z.string()),
  manner: z.enum(MANNERS),
  receivedAt: z.string(),
  locale: z.string(),
  consumedAt: z.optional(z.string()),
  expiresAt: z.number(),
});

/** A new link's item. The hash stands in the key only. */
export function confirmationItem({ tokenHash, receivedAt, consumedAt: _, ...rest }: Confirmation): Attributes {
  return { ...confirmationKey({ tokenHash }), ...rest, receivedAt: receivedAt.toISOString(), version: 1 };
}

/** Parses what the store holds. Throws on an item that no version of this code wrote. */
export function parseConfirmationItem(attributes: Attributes): Confirmation {
  const { pk, receivedAt, consumedAt, ...rest } = confirmationItemSchema.parse(attributes);
  return {
    ...rest,
    tokenHash: pk.slice(CONFIRMATION_PREFIX.length),
    subjectKey: rest.subjectKey as SubjectKey,
    requestId: rest.requestId as RequestId,
    scopes: rest.scopes as ScopeName[],
    receivedAt: new Date(receivedAt),
    ...(consumedAt === undefined ? {} : { consumedAt: new Date(consumedAt) }),
    expiresAt: epochSeconds(rest.expiresAt),
  };
}
