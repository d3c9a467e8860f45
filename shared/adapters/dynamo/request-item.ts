import * as z from 'zod/mini';
import { DENIAL_BASES } from '../../domain/agent-rules.ts';
import type { BurstId } from '../../domain/burst.ts';
import { COMPLAINT_EVENTS, COMPLAINT_STATES } from '../../domain/complaint.ts';
import { defined } from '../../domain/defined.ts';
import { epochSeconds } from '../../domain/epoch.ts';
import {
  type ComplaintMatter,
  type ComplaintStep,
  type Denial,
  MANNERS,
  PERMISSION_STATES,
  type Request,
  type RequestId,
  type RequestStatus,
} from '../../domain/request.ts';
import type { ScopeName } from '../../domain/scope.ts';
import type { SourceKey } from '../../domain/source.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { ENV } from '../../names.ts';
import { requestKey } from './keys.ts';
import type { Attributes } from './table.ts';

const intakeSchema = z.object({
  actor: z.optional(z.string()),
  note: z.optional(z.string()),
  agent: z.optional(
    z.object({
      name: z.string(),
      email: z.optional(z.string()),
      permission: z.enum(PERMISSION_STATES),
      permissionHash: z.optional(z.string()),
      powerOfAttorney: z.boolean(),
    }),
  ),
});

const matterSchema = z.object({
  text: z.string(),
  reference: z.optional(z.string()),
  answerTo: z.object({ kind: z.enum(['email', 'phone']), canonical: z.string() }),
});

const stepSchema = z.object({
  at: z.string(),
  event: z.enum(COMPLAINT_EVENTS),
  actor: z.string(),
  told: z.string(),
});

const denialSchema = z.object({ actor: z.string(), evidence: z.string(), explanation: z.string() });

const requestItemSchema = z.object({
  requestId: z.string(),
  subjectKey: z.string(),
  type: z.enum(['opt-out', 'opt-in', 'erasure', 'pause', 'preferences-link', 'burst-undo', 'help', 'complaint']),
  state: z.enum(['effective', 'awaiting-confirmation', 'confirmed', 'asked', ...COMPLAINT_STATES]),
  days: z.optional(z.number()),
  until: z.optional(z.string()),
  acknowledgeBy: z.optional(z.string()),
  answerBy: z.optional(z.string()),
  calendar: z.optional(z.string()),
  scopes: z.array(z.string()),
  manner: z.enum(MANNERS),
  receivedAt: z.string(),
  policyVersion: z.string(),
  noticeVersion: z.optional(z.string()),
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
  source: z.optional(z.string()),
  burstId: z.optional(z.string()),
  undoneBy: z.optional(z.string()),
  undoneByKey: z.optional(z.string()),
  hasReason: z.optional(z.literal(true)),
  intake: z.optional(intakeSchema),
  complaint: z.optional(matterSchema),
  steps: z.optional(z.array(stepSchema)),
  denialBasis: z.optional(z.enum(DENIAL_BASES)),
  deniedAt: z.optional(z.string()),
  denial: z.optional(denialSchema),
  expiresAt: z.number(),
});

/** A new request's item; `version` counts its writes. It names the privacy notice that the stage shows meanwhile. */
export function requestItem(
  { status, receivedAt, confirmedAt, complaint, denial, ...rest }: Request,
  noticeVersion = process.env[ENV.noticeVersion],
): Attributes {
  return {
    ...requestKey(rest),
    ...rest,
    ...status,
    ...defined({ noticeVersion }),
    ...(status.type === 'pause' ? { until: status.until.toISOString() } : {}),
    receivedAt: receivedAt.toISOString(),
    ...(confirmedAt === undefined ? {} : { confirmedAt: confirmedAt.toISOString() }),
    ...(complaint === undefined ? {} : matterItem(complaint)),
    ...(denial === undefined ? {} : denialItem(denial)),
    version: 1,
  };
}

// The steps stand apart, so that one more is added by an update that reads nothing.
function matterItem({ steps, ...complaint }: ComplaintMatter): Attributes {
  return { complaint, steps: steps.map(stepItem) };
}

export function stepItem({ at, ...step }: ComplaintStep): Attributes {
  return { ...step, at: at.toISOString() };
}

// Basis and time stand apart: they alone may enter the ledger.
export function denialItem({ basis, at, ...denial }: Denial): Attributes {
  return { denialBasis: basis, deniedAt: at.toISOString(), denial };
}

type StatusItem = Pick<
  z.infer<typeof requestItemSchema>,
  'type' | 'state' | 'days' | 'until' | 'acknowledgeBy' | 'answerBy' | 'calendar'
>;

/** Parses what the store holds. Throws on an item that no version of this code wrote. */
export function parseRequestItem(attributes: Attributes): Request {
  const {
    type,
    state,
    days,
    until,
    acknowledgeBy,
    answerBy,
    calendar,
    receivedAt,
    confirmedAt,
    complaint,
    steps = [],
    otherKeys,
    denialBasis: basis,
    deniedAt,
    denial,
    ...rest
  } = requestItemSchema.parse(attributes);
  return defined({
    ...rest,
    requestId: rest.requestId as RequestId,
    subjectKey: rest.subjectKey as SubjectKey,
    scopes: rest.scopes as ScopeName[],
    status: parseStatus({ type, state, days, until, acknowledgeBy, answerBy, calendar }),
    receivedAt: new Date(receivedAt),
    confirmedAt: confirmedAt === undefined ? undefined : new Date(confirmedAt),
    complaint: complaint && { ...complaint, steps: steps.map((step) => ({ ...step, at: new Date(step.at) })) },
    denial: denial && deniedAt && { ...denial, basis, at: new Date(deniedAt) },
    source: rest.source as SourceKey | undefined,
    burstId: rest.burstId as BurstId | undefined,
    otherKeys: otherKeys as SubjectKey[] | undefined,
    expiresAt: epochSeconds(rest.expiresAt),
  }) as Request;
}

function parseStatus({ type, state, days, until, acknowledgeBy, answerBy, calendar }: StatusItem): RequestStatus {
  const more: Partial<Record<RequestStatus['type'], object>> = {
    pause: { days, until: new Date(until ?? '') },
    complaint: { acknowledgeBy, answerBy, calendar },
  };
  return { type, state, ...more[type] } as RequestStatus;
}
