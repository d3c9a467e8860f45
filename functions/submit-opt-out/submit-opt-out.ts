import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { Manner, Request, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { SourceKey } from '../../shared/domain/source.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';

export interface SubmitOptOutPorts {
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  links: Links;
  newRequestId: () => RequestId;
  now: () => Date;
  publicUrl: string;
  /** Whole days that the record is kept. */
  requestDays: number;
}

/** What a person asks; nothing but the address is needed (CS-01). */
export interface OptOutAsked {
  identifier: Identifier;
  /** Empty: everything that {@link DEFAULT_OPT_OUT_SCOPES} names. */
  scopes: readonly ScopeName[];
  manner: Manner;
  locale: string;
  site?: string | undefined;
  /** Where it came from, if through a page of ours. */
  source?: SourceKey | undefined;
  isSuspect?: boolean;
}

/** Makes an opt-out effective and resolves only then. The same path for known, unknown and repeated addresses (EM-10). */
export function submitOptOut(ports: SubmitOptOutPorts) {
  return async ({ identifier, scopes, ...asked }: OptOutAsked): Promise<{ request: Request; receiptUrl: string }> => {
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
