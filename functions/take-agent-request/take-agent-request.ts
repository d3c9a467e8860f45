import { hash } from 'node:crypto';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import type { PermissionFile } from '../../shared/domain/permission-file.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { PermissionNotes, Permissions } from '../../shared/domain/ports/permissions.ts';
import type { Agent, PermissionState, Request, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';

export interface TakeAgentRequestPorts {
  optOuts: OptOuts;
  permissions: Permissions;
  notes: PermissionNotes;
  subjectKeys: SubjectKeys;
  links: Links;
  newRequestId: () => RequestId;
  now: () => Date;
  publicUrl: string;
  /** Whole days that the record is kept. */
  requestDays: number;
  /** Told why a permission could not be kept. */
  report: (error: unknown, requestId: RequestId) => void;
}

/** What an agent asks for a consumer, and what came along. */
export interface AgentAsked {
  identifier: Identifier;
  /** Empty: everything that {@link DEFAULT_OPT_OUT_SCOPES} names. */
  scopes: readonly ScopeName[];
  agent: { name: string; email?: string | undefined; powerOfAttorney: boolean };
  /** The permission itself, its SHA-256 (hex) if it lies with the agent, or nothing. */
  permission?: PermissionFile | string | undefined;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
}

export interface AgentRequestTaken {
  request: Request;
  receiptUrl: string;
  permission: PermissionState;
}

/**
 * Makes the opt-out effective that an agent asks for, at once and whatever came along (CC-22). The permission is kept afterwards: where that fails
 * the opt-out stands, and the answer says that the file is missing. Resolves only when the opt-out is in force.
 */
export function takeAgentRequest(ports: TakeAgentRequestPorts) {
  return async (asked: AgentAsked): Promise<AgentRequestTaken> => {
    const { identifier, scopes, permission, agent: given, ...others } = asked;
    const agent = agentOf(given, permission);
    const request = optOutRequest({
      ...others,
      identifier,
      scopes: scopes.length > 0 ? [...new Set(scopes)] : DEFAULT_OPT_OUT_SCOPES,
      manner: 'agent',
      intake: { agent },
      requestId: ports.newRequestId(),
      subjectKey: ports.subjectKeys.current(identifier),
      receivedAt: ports.now(),
      requestDays: ports.requestDays,
    });
    const { subjectKey, requestId } = request;
    // Sealed before the write: an opt-out must not stand without the answer that tells of it.
    const receipt = await ports.links.seal({ use: 'receipt', subjectKey, requestId });
    await ports.optOuts.record(request);
    const isKept = typeof permission === 'object' && (await keep(ports, request, { agent, file: permission }));
    const receiptUrl = `${ports.publicUrl}/r/${receipt}`;
    return { request, receiptUrl, permission: isKept ? 'kept' : agent.permission };
  };
}

function agentOf({ name, email, powerOfAttorney }: AgentAsked['agent'], permission: AgentAsked['permission']): Agent {
  const mail = harmlessText(email ?? '');
  const known = { name: harmlessText(name), ...(mail === '' ? {} : { email: mail }), powerOfAttorney };
  if (permission === undefined) return { ...known, permission: powerOfAttorney ? 'attached' : 'none' };
  if (typeof permission === 'string') return { ...known, permission: 'attached', permissionHash: permission };
  // True until the file is kept.
  return { ...known, permission: 'not-kept', permissionHash: hash('sha256', permission.bytes, 'hex') };
}

async function keep(
  { permissions, notes, report }: TakeAgentRequestPorts,
  { requestId, subjectKey }: Request,
  { agent, file }: { agent: Agent; file: PermissionFile },
): Promise<boolean> {
  try {
    await permissions.keep(requestId, file);
    await notes.note({ requestId, subjectKey, intake: { agent: { ...agent, permission: 'kept' } } });
    return true;
  } catch (error) {
    // Named failure: the file, or the note of it, is not known to be written. The opt-out is (CC-22).
    report(error, requestId);
    return false;
  }
}
