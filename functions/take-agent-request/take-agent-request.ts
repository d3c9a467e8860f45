import { hash } from 'node:crypto';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import type { PermissionFile } from '../../shared/domain/permission-file.ts';
import type { PermissionNotes, Permissions } from '../../shared/domain/ports/permissions.ts';
import { type RecordedOptOut, type RecordOptOutPorts, recordOptOut } from '../../shared/domain/record-opt-out.ts';
import type { Agent, PermissionState, Request, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { Identifier } from '../../shared/domain/subject.ts';

export interface TakeAgentRequestPorts extends RecordOptOutPorts {
  permissions: Permissions;
  notes: PermissionNotes;
  /** Told why a permission could not be kept. */
  report: (error: unknown, requestId: RequestId) => void;
}

/** What an agent asks for a consumer, and what came along. */
export interface AgentAsked {
  identifier: Identifier;
  /** Empty: everything that `DEFAULT_OPT_OUT_SCOPES` names. */
  scopes: readonly ScopeName[];
  agent: { name: string; email?: string | undefined; powerOfAttorney: boolean };
  /** The permission itself, its SHA-256 (hex) if it lies with the agent, or nothing. */
  permission?: PermissionFile | string | undefined;
  locale: string;
  site?: string | undefined;
  isSuspect?: boolean;
}

export interface AgentRequestTaken extends RecordedOptOut {
  permission: PermissionState;
}

/**
 * Makes the opt-out effective that an agent asks for, at once and whatever came along (CC-22). The permission is kept afterwards: where that fails
 * the opt-out stands, and the answer says that the file is missing. Resolves only when the opt-out is in force.
 */
export function takeAgentRequest(ports: TakeAgentRequestPorts) {
  return async (asked: AgentAsked): Promise<AgentRequestTaken> => {
    const { permission, agent: given, ...others } = asked;
    const agent = agentOf(given, permission);
    const recorded = await recordOptOut(ports)({ ...others, manner: 'agent', intake: { agent } });
    const isKept = typeof permission === 'object' && (await keep(ports, recorded.request, { agent, file: permission }));
    return { ...recorded, permission: isKept ? 'kept' : agent.permission };
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
