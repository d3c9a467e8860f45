import { isMailable } from '../../shared/domain/email.ts';
import { maskAddress } from '../../shared/domain/mask.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import { isEverythingStopped, type Preference, preferences } from '../../shared/domain/preferences.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';

export interface ShowPreferencesPorts {
  links: Links;
  subjectKeys: SubjectKeys;
  suppressions: Suppressions;
  now: () => Date;
  /** The stage's lists. */
  lists: readonly string[];
}

/** What somebody chose, for their own eyes. */
export interface ShownPreferences {
  maskedAddress: string;
  preferences: readonly Preference[];
  isEverythingStopped: boolean;
  /** Opting back in takes a mail. */
  canBeMailed: boolean;
  locale: string | undefined;
}

/** The choices behind a sealed link; `undefined` when the link is not ours. */
export function showPreferences({ links, subjectKeys, suppressions, now, lists }: ShowPreferencesPorts) {
  return async (token: string): Promise<ShownPreferences | undefined> => {
    const claims = await links.open('preferences', token);
    if (claims === undefined) return undefined;
    const { identifier, locale } = claims;
    const choices = await suppressions.read(subjectKeys.all(identifier));
    return {
      maskedAddress: maskAddress(identifier),
      preferences: preferences(choices, lists, now()),
      isEverythingStopped: isEverythingStopped(choices, now()),
      canBeMailed: isMailable(identifier),
      locale,
    };
  };
}
