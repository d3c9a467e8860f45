import { describe, expect, it } from 'vitest';
import { AGENT_PROOFS, AGENT_RULES, AGENT_VERBS } from '../../shared/domain/agent-rules.ts';

const BOTH = ['fraud_suspected', 'no_permission'];

/** Written out once more from 11 CCR 7026(j), 7027(i) and 7063 (CC-22, CC-23). */
const TABLE = [
  ['opt-out', 'none', 'at-once', ['permission'], BOTH],
  ['opt-out', 'permission', 'at-once', [], BOTH],
  ['opt-out', 'power-of-attorney', 'at-once', [], ['fraud_suspected']],
  ['limit', 'none', 'at-once', ['permission'], BOTH],
  ['limit', 'permission', 'at-once', [], BOTH],
  ['limit', 'power-of-attorney', 'at-once', [], ['fraud_suspected']],
  ['know', 'none', 'when-shown', ['permission', 'consumer'], BOTH],
  ['know', 'permission', 'when-shown', ['consumer'], BOTH],
  ['know', 'power-of-attorney', 'when-shown', [], ['fraud_suspected']],
  ['delete', 'none', 'when-shown', ['permission', 'consumer'], BOTH],
  ['delete', 'permission', 'when-shown', ['consumer'], BOTH],
  ['delete', 'power-of-attorney', 'when-shown', [], ['fraud_suspected']],
  ['correct', 'none', 'when-shown', ['permission', 'consumer'], BOTH],
  ['correct', 'permission', 'when-shown', ['consumer'], BOTH],
  ['correct', 'power-of-attorney', 'when-shown', [], ['fraud_suspected']],
] as const;

describe('the rules for agents', () => {
  it.each(TABLE)('%s with %s: %s, may ask for %j, may be denied for %j', (verb, proof, ...rule) => {
    const [takesEffect, mayAsk, mayDenyFor] = rule;
    expect(AGENT_RULES[verb][proof]).toEqual({ takesEffect, mayAsk, mayDenyFor });
  });

  it('know every verb with every proof', () => {
    expect(TABLE.map(([verb, proof]) => `${verb} ${proof}`)).toEqual(
      AGENT_VERBS.flatMap((verb) => AGENT_PROOFS.map((proof) => `${verb} ${proof}`)),
    );
  });
});
