import { maskAddress } from '../../shared/domain/mask.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { Manner, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { SourceKey } from '../../shared/domain/source.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import type { Locale } from '../../shared/settings.ts';

export interface UnsubscribePorts {
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  links: Links;
  newRequestId: () => RequestId;
  now: () => Date;
  /** Whole days that the record is kept. */
  requestDays: number;
}

interface UnsubscribeAsked {
  token: string;
  manner: Extract<Manner, 'one-click' | 'link-page'>;
  /** Where it came from. */
  source?: SourceKey | undefined;
  /** The reader's language, given what the link says of it. */
  localeOf: (fromLink: string | undefined) => Locale;
}

/** What the page after it tells. */
interface Unsubscribed {
  scope: ScopeName;
  maskedAddress: string;
  locale: Locale;
  /** The link also opens the preferences of its address. */
  opensPreferences: boolean;
}

/** Opts out what the link names. `unknown-link` when this ring did not seal it: nothing is written then, and nothing claimed. */
export function unsubscribe({ links, optOuts, subjectKeys, ...ports }: UnsubscribePorts) {
  return async ({ token, manner, source, localeOf }: UnsubscribeAsked): Promise<'unknown-link' | Unsubscribed> => {
    const claims = await links.open('unsubscribe', token);
    if (claims === undefined) return 'unknown-link';
    const locale = localeOf(claims.locale);
    await optOuts.recordUnlessInForce(
      optOutRequest({
        requestId: ports.newRequestId(),
        subjectKey: subjectKeys.current(claims.identifier),
        identifier: claims.identifier,
        scopes: [claims.scope],
        manner,
        // Providers send one-click from few networks for many people: that is no sign of anything.
        source: manner === 'link-page' ? source : undefined,
        receivedAt: ports.now(),
        locale,
        requestDays: ports.requestDays,
      }),
    );
    const opensPreferences = (await links.open('preferences', token)) !== undefined;
    return { scope: claims.scope, maskedAddress: maskAddress(claims.identifier), locale, opensPreferences };
  };
}
