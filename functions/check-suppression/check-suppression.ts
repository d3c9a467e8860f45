import { canonicalAddress } from '../../shared/domain/address.ts';
import type { AddressResult } from '../../shared/domain/address-problem.ts';
import { doNotAskBefore } from '../../shared/domain/policy.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import { decide } from '../../shared/domain/suppression.ts';
import type { CheckResult } from '../../shared/http/schemas/checks.ts';

export interface CheckSuppressionPorts {
  suppressions: Suppressions;
  subjectKeys: SubjectKeys;
  now: () => Date;
}

/** May these addresses be written to? Answers in the order asked; rejects, rather than guesses, when the store does not answer. */
export function checkSuppression({ suppressions, subjectKeys, now }: CheckSuppressionPorts) {
  return async (scope: Scope, addresses: readonly string[]): Promise<CheckResult[]> => {
    const parsed = addresses.map((address) => ({ address, result: canonicalAddress(address) }));
    const people = parsed.map(({ result }) => (result.ok ? subjectKeys.all(result.identifier) : []));
    const [first = []] = people;
    const choices = people.length === 1 ? [await suppressions.read(first)] : await suppressions.readMany(people);
    if (choices.length !== people.length)
      throw new Error('The store answered about fewer people than were asked about');
    return parsed.map(({ address, result }, index) =>
      toResult(address, result, () => decide(choices[index] ?? {}, scope, now())),
    );
  };
}

// What is no address has no choices to look up; the answer is "do not send" where the proof is absent.
function toResult(address: string, result: AddressResult, decideNow: () => ReturnType<typeof decide>): CheckResult {
  if (!result.ok) return { address, suppressed: true, problem: result.problem.code };
  const decision = decideNow();
  if (!decision.isSuppressed) return { address, suppressed: false };
  const { scope, since, until } = decision;
  const end =
    until === undefined ? { doNotAskBefore: doNotAskBefore(since).toISOString() } : { until: until.toISOString() };
  return { address, suppressed: true, scope, since: since.toISOString(), ...end };
}
