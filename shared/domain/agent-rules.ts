/** What a consumer may have an authorised agent ask for (11 CCR 7026(j), 7027(i), 7063). */
export const AGENT_VERBS = ['opt-out', 'limit', 'know', 'delete', 'correct'] as const;
export type AgentVerb = (typeof AGENT_VERBS)[number];

/** What an agent shows of their right to act. A power of attorney is one under Probate Code 4121–4130; nobody may require it. */
export const AGENT_PROOFS = ['none', 'permission', 'power-of-attorney'] as const;
export type AgentProof = (typeof AGENT_PROOFS)[number];

/** On what belief a request is denied (CC-09, CC-22). */
export const DENIAL_BASES = ['fraud_suspected', 'no_permission'] as const;
export type DenialBasis = (typeof DENIAL_BASES)[number];

export interface AgentRule {
  /** `at-once`: it waits for nothing, and a denial comes after it, if at all. */
  takesEffect: 'at-once' | 'when-shown';
  /** What may be asked for: the signed permission from the agent; that the consumer proves their identity, or confirms to us that they sent the agent. */
  mayAsk: readonly ('permission' | 'consumer')[];
  mayDenyFor: readonly DenialBasis[];
}

// CC-22: neither waits, and the consumer may not be made to confirm. A file that came along may turn out to be no permission.
const STOP: Readonly<Record<AgentProof, AgentRule>> = {
  none: { takesEffect: 'at-once', mayAsk: ['permission'], mayDenyFor: ['fraud_suspected', 'no_permission'] },
  permission: { takesEffect: 'at-once', mayAsk: [], mayDenyFor: ['fraud_suspected', 'no_permission'] },
  'power-of-attorney': { takesEffect: 'at-once', mayAsk: [], mayDenyFor: ['fraud_suspected'] },
};

// CC-23: what shows or changes data may be made to wait for both, unless there is a power of attorney.
const DISCLOSE: Readonly<Record<AgentProof, AgentRule>> = {
  none: {
    takesEffect: 'when-shown',
    mayAsk: ['permission', 'consumer'],
    mayDenyFor: ['fraud_suspected', 'no_permission'],
  },
  permission: {
    takesEffect: 'when-shown',
    mayAsk: ['consumer'],
    mayDenyFor: ['fraud_suspected', 'no_permission'],
  },
  'power-of-attorney': { takesEffect: 'when-shown', mayAsk: [], mayDenyFor: ['fraud_suspected'] },
};

/** The rules for agents, verb by verb. */
export const AGENT_RULES: Readonly<Record<AgentVerb, Readonly<Record<AgentProof, AgentRule>>>> = {
  'opt-out': STOP,
  limit: STOP,
  know: DISCLOSE,
  delete: DISCLOSE,
  correct: DISCLOSE,
};

/** What an agent has shown, by what is recorded of them. */
export function agentProof(agent: { permission: string; powerOfAttorney: boolean }): AgentProof {
  if (agent.powerOfAttorney) return 'power-of-attorney';
  return agent.permission === 'none' ? 'none' : 'permission';
}
