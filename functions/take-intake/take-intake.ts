import { harmlessText } from '../../shared/domain/harmless-text.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { Agent, Intake, Manner, Request, RequestId } from '../../shared/domain/request.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';
import type { IntakeBody } from '../../shared/http/schemas/intake.ts';

export interface TakeIntakePorts {
  optOuts: OptOuts;
  subjectKeys: SubjectKeys;
  links: Links;
  newRequestId: () => RequestId;
  now: () => Date;
  publicUrl: string;
  /** Whole days that the record is kept. */
  requestDays: number;
}

export type IntakeAsked = Pick<IntakeBody, 'channel' | 'note' | 'agent'> & {
  identifier: Identifier;
  /** Empty: everything that {@link DEFAULT_OPT_OUT_SCOPES} names. */
  scopes: readonly ScopeName[];
  locale: string;
  /** Who takes it down. */
  actor: string;
};

/**
 * Makes an opt-out effective that reached staff, at once, as any other (TC-01). One by an agent waits for no permission and for no word of the
 * consumer; what came along is recorded (CC-22). Resolves only when it is in force.
 */
export function takeIntake(ports: TakeIntakePorts) {
  return async (asked: IntakeAsked): Promise<{ request: Request; receiptUrl: string }> => {
    const { identifier, scopes, locale } = asked;
    const request = optOutRequest({
      identifier,
      scopes: scopes.length > 0 ? [...new Set(scopes)] : DEFAULT_OPT_OUT_SCOPES,
      manner: mannerOf(asked),
      locale,
      intake: intakeOf(asked),
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

function mannerOf({ channel }: IntakeAsked): Manner {
  return channel === 'email' ? 'mailto' : channel;
}

function intakeOf({ actor, note, agent }: IntakeAsked): Intake {
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
