import type { Links } from '../../shared/domain/ports/links.ts';
import type { Requests } from '../../shared/domain/ports/requests.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import type { Request } from '../../shared/domain/request.ts';
import { parseScope } from '../../shared/domain/scope.ts';
import { type Choices, decide, isForGood } from '../../shared/domain/suppression.ts';

export interface ShowReceiptPorts {
  links: Links;
  requests: Requests;
  suppressions: Suppressions;
  now: () => Date;
}

/** What a receipt says; `state` is that of now, not of the day of the request. */
export interface Receipt
  extends Pick<Request, 'requestId' | 'scopes' | 'receivedAt' | 'maskedAddress' | 'locale' | 'receipt'> {
  state: 'effective' | 'lifted' | 'undone';
  confirmedAt?: Date;
}

/** The receipt behind a sealed link; `undefined` when the link is not ours or the record's time is over. */
export function showReceipt({ links, requests, suppressions, now }: ShowReceiptPorts) {
  return async (token: string): Promise<Receipt | undefined> => {
    const claims = await links.open('receipt', token);
    if (claims === undefined) return undefined;
    const [request, choices] = await Promise.all([
      requests.read(claims, now()),
      suppressions.read([claims.subjectKey]),
    ]);
    return request && { ...request, state: stateOf(request, choices, now()) };
  };
}

// Lifted as soon as one of its scopes is open again, or merely paused: a receipt must not promise more than what holds.
function stateOf({ scopes, burstId }: Request, choices: Choices, now: Date): Receipt['state'] {
  const decisions = scopes.flatMap((name) => parseScope(name) ?? []).map((scope) => decide(choices, scope, now));
  if (decisions.every(isForGood)) return 'effective';
  return burstId === undefined ? 'lifted' : 'undone';
}
