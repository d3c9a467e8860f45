import { canonicalEmail } from '../../shared/domain/email.ts';
import { LINK_SCOPE } from '../../shared/domain/policy.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { ListedAddress, SuppressionList } from '../../shared/domain/ports/suppression-list.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import { reportedOptOut } from '../../shared/domain/reported-opt-out.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';
import { decide, isForGood } from '../../shared/domain/suppression.ts';

export interface ReconcilePorts {
  list: SuppressionList;
  suppressions: Suppressions;
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  now: () => Date;
  locale: string;
  /** Whole days that a request's record is kept: for as long it is known what was taken over before. */
  requestDays: number;
}

interface Listed {
  identifier: Identifier;
  since: Date;
}

/**
 * Opts out of marketing by e-mail whoever stands on the mail system's own list and is not opted out yet: complaints and bounces of mails that
 * Heed did not send, and events that were lost. Who opted in again after an entry was taken over is not opted out by it again. Resolves with
 * how many were new.
 */
export function reconcileSuppressionList(ports: ReconcilePorts) {
  return async (): Promise<{ listed: number; recorded: number }> => {
    const done = { listed: 0, recorded: 0 };
    const start = new Date(ports.now().getTime() - ports.requestDays * 86_400_000);
    for await (const page of ports.list.listSince(start)) {
      done.listed += page.length;
      for (const listed of await stillOpen(ports, page.flatMap(identify))) {
        if ((await ports.optOuts.recordOnce(optOutOf(ports, listed))) === 'recorded') done.recorded += 1;
      }
    }
    return done;
  };
}

function identify({ address, since }: ListedAddress): Listed[] {
  const result = canonicalEmail(address);
  return result.ok ? [{ identifier: result.identifier, since }] : [];
}

// Open, or merely paused: who only paused has not opted out, and the list says that they have.
async function stillOpen(
  { suppressions, subjectKeys, now }: ReconcilePorts,
  listed: readonly Listed[],
): Promise<Listed[]> {
  const choices = await suppressions.readMany(listed.map(({ identifier }) => subjectKeys.all(identifier)));
  return listed.filter((_, index) => !isForGood(decide(choices[index] ?? {}, LINK_SCOPE, now())));
}

function optOutOf({ subjectKeys, now, locale, requestDays }: ReconcilePorts, { identifier, since }: Listed) {
  const facts = { identifier, subjectKey: subjectKeys.current(identifier), receivedAt: now(), locale, requestDays };
  return reportedOptOut({ ...facts, manner: 'ses-list', report: [since.toISOString()] });
}
