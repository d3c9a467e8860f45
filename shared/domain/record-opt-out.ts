import { type OptOutFacts, optOutRequest } from './opt-out-request.ts';
import { DEFAULT_OPT_OUT_SCOPES } from './policy.ts';
import type { Links } from './ports/links.ts';
import type { OptOuts } from './ports/opt-outs.ts';
import type { Request, RequestId } from './request.ts';
import type { SubjectKeys } from './subject.ts';

export interface RecordOptOutPorts {
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  links: Links;
  newRequestId: () => RequestId;
  now: () => Date;
  publicUrl: string;
  /** Whole days that the record is kept. */
  requestDays: number;
}

/** What a person asks; nothing but the address is needed (CS-01). No scopes: everything that {@link DEFAULT_OPT_OUT_SCOPES} names. */
export type OptOutAsked = Omit<OptOutFacts, 'requestId' | 'subjectKey' | 'receivedAt' | 'requestDays'>;

export interface RecordedOptOut {
  request: Request;
  /** Page that proves it. */
  receiptUrl: string;
}

/**
 * Makes an opt-out effective that is answered with a receipt, and resolves only then. The same path for known, unknown and repeated addresses
 * (EM-10).
 */
export function recordOptOut(ports: RecordOptOutPorts) {
  return async ({ identifier, scopes, ...asked }: OptOutAsked): Promise<RecordedOptOut> => {
    const request = optOutRequest({
      ...asked,
      identifier,
      scopes: scopes.length > 0 ? [...new Set(scopes)] : DEFAULT_OPT_OUT_SCOPES,
      requestId: ports.newRequestId(),
      subjectKey: ports.subjectKeys.current(identifier),
      receivedAt: ports.now(),
      requestDays: ports.requestDays,
    });
    const { subjectKey, requestId } = request;
    // Sealed before the write: an opt-out must not stand without the answer that tells of it.
    const receipt = await ports.links.seal({ use: 'receipt', subjectKey, requestId });
    await ports.optOuts.record(request);
    return { request, receiptUrl: `${ports.publicUrl}/r/${receipt}` };
  };
}
