import { canonicalAddress } from '../../shared/domain/address.ts';
import { type OptOutFacts, optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import { testKeyRing } from './test-key-ring.ts';

const { subjectKeys } = testKeyRing();

/** A typed address, parsed. Throws on one that is none: a test's mistake. */
export function identify(typed: string): Identifier {
  const result = canonicalAddress(typed);
  if (!result.ok) throw new Error(`A test's address is refused: ${result.problem.code}`);
  return result.identifier;
}

/** An opt-out of everything by `jane@example.org` as the form makes it; say what differs. */
export function sampleOptOut({
  address = 'jane@example.org',
  ...facts
}: Partial<OptOutFacts> & { address?: string } = {}): Request {
  const identifier = identify(address);
  return optOutRequest({
    identifier,
    subjectKey: subjectKeys.current(identifier),
    requestId: 'req_sample',
    scopes: DEFAULT_OPT_OUT_SCOPES,
    manner: 'form',
    receivedAt: new Date('2026-11-23T07:15:30.250Z'),
    locale: 'en',
    requestDays: 760,
    ...facts,
  });
}
