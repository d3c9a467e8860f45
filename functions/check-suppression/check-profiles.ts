import { profileName } from '../../shared/domain/profile.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { decide } from '../../shared/domain/suppression.ts';
import type { ProfileResult } from '../../shared/http/schemas/checks.ts';
import type { CheckSuppressionPorts } from './check-suppression.ts';

/** What holds for pseudonymous profiles (CC-12). Answers in the order asked; rejects, rather than guesses, when the store does not answer. */
export function checkProfiles({ suppressions, subjectKeys, now }: CheckSuppressionPorts) {
  return async (scope: Scope, profiles: readonly string[]): Promise<ProfileResult[]> => {
    const choices = await suppressions.readMany(profiles.map((id) => subjectKeys.all(profileName(id))));
    if (choices.length !== profiles.length)
      throw new Error('The store answered about fewer profiles than were asked about');
    return profiles.map((profile, index) => {
      const decision = decide(choices[index] ?? {}, scope, now());
      if (!decision.isSuppressed) return { profile, suppressed: false };
      return { profile, suppressed: true, scope: decision.scope, since: decision.since.toISOString() };
    });
  };
}
