import { isMailable } from '../../shared/domain/email.ts';
import { newRequest, type RequestFacts } from '../../shared/domain/new-request.ts';
import { PAUSE_SCOPE } from '../../shared/domain/policy.ts';
import type { RequestBook } from '../../shared/domain/ports/requests.ts';
import { type RecordOptOutPorts, recordOptOut } from '../../shared/domain/record-opt-out.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { SourceKey } from '../../shared/domain/source.ts';
import type { Locale } from '../../shared/settings.ts';
import type { ChangeAsked } from './change-asked.ts';

export interface ChangePreferencesPorts extends RecordOptOutPorts {
  book: RequestBook;
  /** Names the words that the page showed. */
  wordingOf: (locale: Locale) => string;
}

/** What a button led to. */
export type Changed =
  | { outcome: 'unknown-link' }
  | { outcome: 'nothing-chosen'; locale: Locale }
  | { outcome: 'stopped'; request: Request; receiptUrl: string; locale: Locale }
  | { outcome: 'paused'; request: Request; until: Date; locale: Locale }
  /** Step 1 of two: all that was stopped is still stopped. */
  | { outcome: 'mail-follows'; request: Request; locale: Locale };

interface Asked {
  token: string;
  /** Where it came from. */
  source?: SourceKey | undefined;
  change: ChangeAsked;
  /** The reader's language, given what the link says of it. */
  localeOf: (fromLink: string | undefined) => Locale;
}

/**
 * Narrowing is in force when it resolves, by one write that reads nothing. Widening only takes down the wish: a mail follows, and nothing
 * changes until its button is pressed (CC-15).
 */
export function changePreferences(ports: ChangePreferencesPorts) {
  return async ({ token, source, change, localeOf }: Asked): Promise<Changed> => {
    const claims = await ports.links.open('preferences', token);
    if (claims === undefined) return { outcome: 'unknown-link' };
    const { identifier } = claims;
    const locale = localeOf(claims.locale);
    const factsOf = (scopes: readonly ScopeName[]): RequestFacts => ({
      requestId: ports.newRequestId(),
      subjectKey: ports.subjectKeys.current(identifier),
      identifier,
      scopes,
      manner: 'preference-page',
      source,
      receivedAt: ports.now(),
      locale,
      requestDays: ports.requestDays,
    });
    if (change.kind === 'stop') {
      const asked = { identifier, scopes: change.scopes, manner: 'preference-page', source, locale } as const;
      return { outcome: 'stopped', ...(await recordOptOut(ports)(asked)), locale };
    }
    if (change.kind === 'pause') return { ...(await pause(ports, factsOf([PAUSE_SCOPE]), change.days)), locale };
    // Where no mail can go there is no second step, and so no first one.
    if (change.kind === 'nothing' || !isMailable(identifier)) return { outcome: 'nothing-chosen', locale };
    const wish = { ...factsOf(change.scopes), wording: ports.wordingOf(locale) };
    return { ...(await startOptIn(ports, wish)), locale };
  };
}

async function pause({ optOuts }: ChangePreferencesPorts, facts: RequestFacts, days: number) {
  const until = new Date(facts.receivedAt.getTime() + days * DAY_MS);
  const request = newRequest({ ...facts, wantsReceipt: false }, { type: 'pause', state: 'effective', days, until });
  await optOuts.record(request);
  return { outcome: 'paused', request, until } as const;
}

async function startOptIn({ book }: ChangePreferencesPorts, facts: RequestFacts) {
  const request = newRequest(facts, { type: 'opt-in', state: 'awaiting-confirmation' });
  await book.enter(request);
  return { outcome: 'mail-follows', request } as const;
}

const DAY_MS = 86_400_000;
