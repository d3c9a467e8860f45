import { canonicalAddress } from '../../shared/domain/address.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { type PermissionFile, permissionFile } from '../../shared/domain/permission-file.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import type { FormWithFile } from '../../shared/http/form.ts';
import { readFormScopes } from '../../shared/http/form-scopes.ts';
import { AGENT_CHARACTERS } from '../../shared/http/schemas/agent-requests.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';
import type { AgentPage } from '../../shared/views/agent-page.ts';
import { addressProblem } from '../../shared/views/form-page.ts';
import type { PageFrame } from '../../shared/views/layout.ts';
import type { AgentAsked } from './take-agent-request.ts';

/** What a posted form says. */
export interface FormAgentRequest {
  typed: string;
  /** The choice as it was posted, to show it again. */
  chosen: string;
  file: Buffer | undefined;
  site: Settings['sites'][number] | undefined;
  locale: string | undefined;
  asked: Pick<AgentAsked, 'scopes' | 'agent' | 'isSuspect'>;
}

export function readFormAgentRequest({ form, file }: FormWithFile, settings: Settings): FormAgentRequest {
  const text = (field: 'name' | 'email') => cut(form.get(`agent-${field}`), AGENT_CHARACTERS[field]);
  return {
    typed: form.get('address') ?? '',
    chosen: form.get('scopes') ?? '',
    file,
    site: settings.sites.find(({ id }) => id === form.get('site')),
    locale: form.get('locale') ?? undefined,
    asked: {
      scopes: readFormScopes(form, settings),
      agent: { name: text('name'), email: text('email'), powerOfAttorney: form.has('power-of-attorney') },
      isSuspect: (form.get(HONEYPOT_FIELD) ?? '') !== '',
    },
  };
}

// Too long a name is cut, as no opt-out shall fail for it.
function cut(typed: string | null, characters: number): string {
  return [...harmlessText(typed ?? '')].slice(0, characters).join('');
}

/** Who opts out, and the permission if one came along; or what is wrong with the form, for its page. */
export function checkForm(
  frame: PageFrame,
  { typed, file }: FormAgentRequest,
): { identifier: Identifier; permission?: PermissionFile } | Pick<AgentPage, 'problem' | 'fileProblem'> {
  const address = canonicalAddress(typed);
  if (!address.ok) return { problem: addressProblem(frame, address.problem) };
  if (file === undefined) return { identifier: address.identifier };
  const permission = permissionFile(file);
  if (typeof permission === 'object') return { identifier: address.identifier, permission };
  return { fileProblem: frame.strings(`agent.problem.${permission}`) };
}
