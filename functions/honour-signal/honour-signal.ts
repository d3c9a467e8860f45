import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { SIGNAL_SCOPE } from '../../shared/domain/policy.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { scopeName } from '../../shared/domain/scope.ts';
import type { OptOutName, SubjectKeys } from '../../shared/domain/subject.ts';

export interface HonourSignalPorts {
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  newRequestId: () => RequestId;
  now: () => Date;
  /** Whole days that the record is kept. */
  requestDays: number;
}

/** Whose browser sent the signal, as far as the site knows. */
export interface SignalSeen {
  identifier: OptOutName;
  locale: string;
  site?: string | undefined;
}

/**
 * Opts a known person or profile out of sale and sharing, and of nothing else (GP-05), because the browser asks for it. Sites tell of it with
 * every visit: what is in force already is not written again (GP-06). An earlier opt-in gives way, and its record stands beside the new one
 * (CC-13). Nobody is written to: the person visited a page and asked us for no mail.
 */
export function honourSignal({ optOuts, subjectKeys, newRequestId, now, requestDays }: HonourSignalPorts) {
  return async ({ identifier, ...seen }: SignalSeen): Promise<void> => {
    await optOuts.recordUnlessInForce(
      optOutRequest({
        ...seen,
        identifier,
        requestId: newRequestId(),
        subjectKey: subjectKeys.current(identifier),
        scopes: [scopeName(SIGNAL_SCOPE)],
        manner: 'gpc',
        receivedAt: now(),
        wantsReceipt: false,
        requestDays,
      }),
    );
  };
}
