import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { type RecordedOptOut, type RecordOptOutPorts, recordOptOut } from '../../shared/domain/record-opt-out.ts';
import type { Agent, Intake, Manner } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import type { IntakeBody } from '../../shared/http/schemas/intake.ts';

export type IntakeAsked = Pick<IntakeBody, 'channel' | 'note' | 'agent'> & {
  identifier: Identifier;
  /** Empty: everything that `DEFAULT_OPT_OUT_SCOPES` names. */
  scopes: readonly ScopeName[];
  locale: string;
  /** Who takes it down. */
  actor: string;
};

/**
 * Makes an opt-out effective that reached staff, at once, as any other (TC-01). One by an agent waits for no permission and for no word of the
 * consumer; what came along is recorded (CC-22). Resolves only when it is in force.
 */
export function takeIntake(ports: RecordOptOutPorts) {
  const record = recordOptOut(ports);
  return ({ identifier, scopes, locale, ...asked }: IntakeAsked): Promise<RecordedOptOut> =>
    record({ identifier, scopes, locale, manner: mannerOf(asked), intake: intakeOf(asked) });
}

function mannerOf({ channel }: Pick<IntakeAsked, 'channel'>): Manner {
  return channel === 'email' ? 'mailto' : channel;
}

function intakeOf({ actor, note, agent }: Pick<IntakeAsked, 'actor' | 'note' | 'agent'>): Intake {
  const kept = harmlessText(note ?? '');
  return { actor, ...(kept === '' ? {} : { note: kept }), ...(agent && { agent: agentOf(agent) }) };
}

function agentOf({ name, permissionHash, powerOfAttorney = false }: NonNullable<IntakeBody['agent']>): Agent {
  const isAttached = permissionHash !== undefined || powerOfAttorney;
  return {
    name: harmlessText(name),
    permission: isAttached ? 'attached' : 'none',
    ...(permissionHash === undefined ? {} : { permissionHash }),
    powerOfAttorney,
  };
}
