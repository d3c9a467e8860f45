import { AGENT_RULES, agentProof, type DenialBasis } from '../../shared/domain/agent-rules.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import type { Denials, RequestKey, Requests } from '../../shared/domain/ports/requests.ts';
import type { Denial, Request } from '../../shared/domain/request.ts';

export interface DenyRequestPorts {
  requests: Requests;
  denials: Denials;
  now: () => Date;
  /** Whole days that the record is kept after the answer (CC-25). */
  requestDays: number;
}

export interface DenialAsked extends Omit<Denial, 'at'> {
  key: RequestKey;
}

/**
 * Notes that staff deny an opt-out, on which belief, founded on what, and what they tell whoever asked (CC-09, CC-22). Resolves with the denial
 * that stands, the same on repetition. It lifts nothing: whether a denial may ever do that is for a lawyer, and for a newer opt-in.
 */
export function denyRequest({ requests, denials, now, requestDays }: DenyRequestPorts) {
  return async ({ key, ...asked }: DenialAsked): Promise<Denial | 'unknown' | 'not-allowed' | 'denied-before'> => {
    const at = now();
    const request = await requests.read(key, at);
    if (request === undefined) return 'unknown';
    if (!mayDenyFor(request).includes(asked.basis)) return 'not-allowed';
    const standing = await denials.deny(key, { ...asked, at }, secondsAfter(at, requestDays, 'days'));
    if (standing === undefined) return 'unknown';
    const isThis = (['basis', 'evidence', 'explanation'] as const).every((name) => standing[name] === asked[name]);
    return isThis ? standing : 'denied-before';
  };
}

function mayDenyFor({ status, manner, intake }: Request): readonly DenialBasis[] {
  if (status.type !== 'opt-out') return [];
  if (intake?.agent !== undefined) return AGENT_RULES['opt-out'][agentProof(intake.agent)].mayDenyFor;
  return manner === 'agent' ? AGENT_RULES['opt-out'].none.mayDenyFor : ['fraud_suspected'];
}
