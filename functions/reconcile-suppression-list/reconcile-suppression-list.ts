import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { ListedAddress, SuppressionList } from '../../shared/domain/ports/suppression-list.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import { reportedOptOut } from '../../shared/domain/reported-opt-out.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';
import { decide, isForGood } from '../../shared/domain/suppression.ts';
import type { Listed } from './listed.ts';

export interface ReconcilePorts {
  list: SuppressionList;
  /** What its entries mean. */
  listed: Listed;
  suppressions: Suppressions;
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  now: () => Date;
  locale: string;
  /** Whole days that a request's record is kept: for as long it is known what was taken over before. */
  requestDays: number;
}

interface Entry {
  identifier: Identifier;
  since: Date;
}

/**
 * Opts out whoever stands on a list that the mail system or the phone network keeps and is not opted out here yet: complaints and bounces of
 * mails that Heed did not send, texts that only the network saw, and events that were lost. Who opted in again after an entry was taken over is
 * not opted out by it again. Resolves with how many were new.
 */
export function reconcileSuppressionList(ports: ReconcilePorts) {
  return async (): Promise<{ listed: number; recorded: number }> => {
    const done = { listed: 0, recorded: 0 };
    for await (const page of ports.list.listSince(startOf(ports))) {
      done.listed += page.length;
      const entries = page.flatMap((entry) => identify(ports.listed, entry));
      for (const entry of await stillOpen(ports, entries)) {
        if ((await ports.optOuts.recordOnce(optOutOf(ports, entry))) === 'recorded') done.recorded += 1;
      }
    }
    return done;
  };
}

function startOf({ listed, now, requestDays }: ReconcilePorts): Date {
  return new Date(listed.isReadWhole ? 0 : now().getTime() - requestDays * 86_400_000);
}

function identify({ canonical }: Listed, { address, since }: ListedAddress): Entry[] {
  const result = canonical(address);
  return result.ok ? [{ identifier: result.identifier, since }] : [];
}

// Open, or merely paused: who only paused has not opted out, and the list says that they have.
async function stillOpen(
  { suppressions, subjectKeys, now, listed }: ReconcilePorts,
  entries: readonly Entry[],
): Promise<Entry[]> {
  const choices = await suppressions.readMany(entries.map(({ identifier }) => subjectKeys.all(identifier)));
  return entries.filter((_, index) => !isForGood(decide(choices[index] ?? {}, listed.about, now())));
}

function optOutOf({ subjectKeys, now, locale, requestDays, listed }: ReconcilePorts, { identifier, since }: Entry) {
  const { scopes, manner } = listed;
  const facts = { identifier, subjectKey: subjectKeys.current(identifier), receivedAt: now(), locale, requestDays };
  return reportedOptOut({ ...facts, scopes, manner, report: [since.toISOString()] });
}
