import * as z from 'zod/mini';
import { MANNERS, type RequestId } from '../../domain/request.ts';
import type { Choice, Choices } from '../../domain/suppression.ts';
import { SCOPE_ATTRIBUTE_PREFIX } from './keys.ts';
import type { Attributes } from './table.ts';

/** State of a choice that is none any more. */
export const UNDONE = 'undone';

const made = {
  since: z.string(),
  requestId: z.string(),
  manner: z.enum(MANNERS),
};
const choiceSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['opted-out', 'opted-in']), ...made }),
  z.object({ state: z.literal('paused'), until: z.string(), ...made }),
  // A program's stop that staff undid: as if nothing had been chosen. It stands here so that the ledger tells of it.
  z.object({ state: z.literal(UNDONE), ...made }),
]);

/** One choice as it is stored; `since` compares as text, being ISO 8601 in UTC with milliseconds. */
export function choiceAttribute(choice: Choice): Attributes {
  const end = choice.state === 'paused' ? { until: choice.until.toISOString() } : {};
  return { ...choice, since: choice.since.toISOString(), ...end };
}

/** Parses the choices of a suppression item, without those that were undone. Throws on one that no version of this code wrote, rather than overlook an opt-out. */
export function parseChoices(attributes: Attributes): Choices {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name.startsWith(SCOPE_ATTRIBUTE_PREFIX))
      .map(([name, value]) => [name.slice(SCOPE_ATTRIBUTE_PREFIX.length), parseChoice(value)] as const)
      .filter(([, choice]) => choice !== undefined),
  ) as Choices;
}

function parseChoice(value: unknown): Choice | undefined {
  const { since, requestId, manner, ...rest } = choiceSchema.parse(value);
  if (rest.state === UNDONE) return undefined;
  const known = { since: new Date(since), requestId: requestId as RequestId, manner };
  return rest.state === 'paused' ? { ...known, ...rest, until: new Date(rest.until) } : { ...known, ...rest };
}
