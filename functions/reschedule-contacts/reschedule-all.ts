import * as z from 'zod/mini';
import { VisibleError } from '../../shared/domain/errors.ts';
import { countsSchema, type RescheduleCall, type RescheduleReport } from './reschedule-call.ts';

/** How far a run has come. */
export const stateSchema = z.strictObject({
  apply: z.boolean(),
  policyVersion: z.string(),
  counts: countsSchema,
  contacts: z.int(),
  cursor: z.optional(z.string()),
});
export type RescheduleState = z.infer<typeof stateSchema>;

export interface RescheduleAllPorts {
  call: (asked: RescheduleCall) => Promise<RescheduleReport>;
  /** Keeps the state over a stop. */
  state: {
    known: RescheduleState | undefined;
    keep: (state: RescheduleState) => Promise<void>;
    remove: () => Promise<void>;
  };
  pace: (contacts: number) => Promise<void>;
  onProgress: (state: RescheduleState) => void;
}

/** Contacts of one call: well within a function's time, and often enough to go on from. */
const CONTACTS_PER_CALL = 500;

/** Calls until all contacts are done. Throws when the schedule is another one than that of the run it goes on with. */
export function rescheduleAll({ call, state, pace, onProgress }: RescheduleAllPorts) {
  return async (apply: boolean): Promise<RescheduleState> => {
    refuseOther(state.known, { apply });
    let so = state.known;
    do {
      const asked = { limit: CONTACTS_PER_CALL, apply, ...(so?.cursor === undefined ? {} : { cursor: so.cursor }) };
      const report = await call(asked);
      refuseOther(so, report);
      so = added(so, report, apply);
      await state.keep(so);
      onProgress(so);
      await pace(report.contacts);
    } while (so.cursor !== undefined);
    await state.remove();
    return so;
  };
}

function refuseOther(known: RescheduleState | undefined, now: Partial<RescheduleState>): void {
  if (known === undefined) return;
  if (now.apply !== undefined && known.apply !== now.apply)
    throw other('The state file is of a run with, or without, --apply');
  if (now.policyVersion !== undefined && known.policyVersion !== now.policyVersion)
    throw other('The schedule has changed since this run began; remove the state file and begin anew');
}

function other(message: string): VisibleError {
  return new VisibleError('conflict', 'reschedule.other-run', message);
}

function added(known: RescheduleState | undefined, report: RescheduleReport, apply: boolean): RescheduleState {
  const { counts, contacts, policyVersion, cursor } = report;
  const sum = (name: keyof typeof counts) => (known?.counts[name] ?? 0) + counts[name];
  return {
    apply,
    policyVersion,
    counts: { earlier: sum('earlier'), later: sum('later'), unchanged: sum('unchanged'), held: sum('held') },
    contacts: (known?.contacts ?? 0) + contacts,
    ...(cursor === undefined ? {} : { cursor }),
  };
}
