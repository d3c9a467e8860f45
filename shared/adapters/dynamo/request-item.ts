import * as z from 'zod/mini';
import { epochSeconds } from '../../domain/epoch.ts';
import { MANNERS, type Request, type RequestId, type RequestStatus } from '../../domain/request.ts';
import type { ScopeName } from '../../domain/scope.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { requestKey } from './keys.ts';
import type { Attributes } from './table.ts';

const requestItemSchema = z.object({
  requestId: z.string(),
  subjectKey: z.string(),
  type: z.enum(['opt-out', 'opt-in', 'erasure', 'pause', 'preferences-link']),
  state: z.enum(['effective', 'awaiting-confirmation', 'confirmed', 'asked']),
  days: z.optional(z.number()),
  until: z.optional(z.string()),
  scopes: z.array(z.string()),
  manner: z.enum(MANNERS),
  receivedAt: z.string(),
  policyVersion: z.string(),
  wording: z.optional(z.string()),
  locale: z.string(),
  site: z.optional(z.string()),
  isSuspect: z.boolean(),
  mailTo: z.optional(z.string()),
  textTo: z.optional(z.string()),
  textFrom: z.optional(z.string()),
  needsReview: z.optional(z.literal(true)),
  maskedAddress: z.string(),
  receipt: z.enum(['pending', 'sent', 'delivered', 'undelivered', 'unconfirmed', 'withheld', 'none']),
  otherKeys: z.optional(z.array(z.string())),
  confirmedAt: z.optional(z.string()),
  expiresAt: z.number(),
});

/** A new request's item; `version` counts its writes. */
export function requestItem({ status, receivedAt, confirmedAt, ...rest }: Request): Attributes {
  return {
    ...requestKey(rest),
    ...rest,
    ...status,
    ...(status.type === 'pause' ? { until: status.until.toISOString() } : {}),
    receivedAt: receivedAt.toISOString(),
    ...(confirmedAt === undefined ? {} : { confirmedAt: confirmedAt.toISOString() }),
    version: 1,
  };
}

/** Parses what the store holds. Throws on an item that no version of this code wrote. */
export function parseRequestItem(attributes: Attributes): Request {
  const { type, state, days, until, receivedAt, confirmedAt, ...parsed } = requestItemSchema.parse(attributes);
  const { site, mailTo, textTo, textFrom, needsReview, wording, otherKeys, ...rest } = parsed;
  return {
    ...rest,
    requestId: rest.requestId as RequestId,
    subjectKey: rest.subjectKey as SubjectKey,
    scopes: rest.scopes as ScopeName[],
    status: (type === 'pause' ? { type, state, days, until: new Date(until ?? '') } : { type, state }) as RequestStatus,
    receivedAt: new Date(receivedAt),
    ...(confirmedAt === undefined ? {} : { confirmedAt: new Date(confirmedAt) }),
    ...(site === undefined ? {} : { site }),
    ...(mailTo === undefined ? {} : { mailTo }),
    ...(wording === undefined ? {} : { wording }),
    ...(otherKeys === undefined ? {} : { otherKeys: otherKeys as SubjectKey[] }),
    ...(textTo === undefined ? {} : { textTo }),
    ...(textFrom === undefined ? {} : { textFrom }),
    ...(needsReview === undefined ? {} : { needsReview }),
    expiresAt: epochSeconds(rest.expiresAt),
  };
}
