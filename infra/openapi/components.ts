import * as z from 'zod';
import { certificateSchema } from '../../shared/domain/contact/certificate.ts';
import { agentRequestAnswerSchema, agentRequestBodySchema } from '../../shared/http/schemas/agent-requests.ts';
import { burstListSchema, burstUndoAnswerSchema, burstUndoBodySchema } from '../../shared/http/schemas/bursts.ts';
import {
  cancellationLineSchema,
  cancellationsAnswerSchema,
  cancellationsBodySchema,
} from '../../shared/http/schemas/cancellations.ts';
import { checkAnswerSchema, checkBodySchema } from '../../shared/http/schemas/checks.ts';
import {
  complaintAnswerSchema,
  complaintBodySchema,
  complaintEventAnswerSchema,
  complaintEventBodySchema,
  complaintListSchema,
  denialAnswerSchema,
  denialBodySchema,
  reviewListSchema,
} from '../../shared/http/schemas/complaints.ts';
import {
  cancellationAnswerSchema,
  cancellationBodySchema,
  contactAnswerSchema,
  contactBodySchema,
  contactViewSchema,
  holdAnswerSchema,
  holdBodySchema,
  reactivationAnswerSchema,
} from '../../shared/http/schemas/contacts.ts';
import { acknowledgementAnswerSchema, acknowledgementBodySchema } from '../../shared/http/schemas/deletions.ts';
import { erasureAnswerSchema, erasureBodySchema } from '../../shared/http/schemas/erasures.ts';
import { gpcSchema } from '../../shared/http/schemas/gpc.ts';
import { healthSchema } from '../../shared/http/schemas/health.ts';
import { intakeAnswerSchema, intakeBodySchema } from '../../shared/http/schemas/intake.ts';
import { linkAnswerSchema, linkBodySchema, linksAnswerSchema } from '../../shared/http/schemas/links.ts';
import { optOutAnswerSchema, optOutBodySchema } from '../../shared/http/schemas/opt-outs.ts';
import { problemSchema } from '../../shared/http/schemas/problem.ts';
import { senderKeySetSchema } from '../../shared/http/schemas/sender-keys.ts';
import { signalAnswerSchema, signalBodySchema } from '../../shared/http/schemas/signals.ts';
import { snippetSchema } from '../../shared/http/schemas/snippet.ts';

/** What a program sends and gets. */
const bodies = {
  ErasureBody: erasureBodySchema,
  OptOutBody: optOutBodySchema,
  CheckBody: checkBodySchema,
  LinkBody: linkBodySchema,
  CancellationsBody: cancellationsBodySchema,
  CancellationLine: cancellationLineSchema,
  AcknowledgementBody: acknowledgementBodySchema,
  ContactBody: contactBodySchema,
  CancellationBody: cancellationBodySchema,
  HoldBody: holdBodySchema,
  IntakeBody: intakeBodySchema,
  AgentRequestBody: agentRequestBodySchema,
  ComplaintBody: complaintBodySchema,
  ComplaintEventBody: complaintEventBodySchema,
  DenialBody: denialBodySchema,
  SignalBody: signalBodySchema,
  BurstUndoBody: burstUndoBodySchema,
};
const answers = {
  ErasureAnswer: erasureAnswerSchema,
  OptOutAnswer: optOutAnswerSchema,
  CheckAnswer: checkAnswerSchema,
  LinkAnswer: linkAnswerSchema,
  LinksAnswer: linksAnswerSchema,
  IntakeAnswer: intakeAnswerSchema,
  AgentRequestAnswer: agentRequestAnswerSchema,
  ComplaintAnswer: complaintAnswerSchema,
  ComplaintEventAnswer: complaintEventAnswerSchema,
  ComplaintList: complaintListSchema,
  ReviewList: reviewListSchema,
  DenialAnswer: denialAnswerSchema,
  SignalAnswer: signalAnswerSchema,
  GpcStatement: gpcSchema,
  Snippet: snippetSchema,
  BurstList: burstListSchema,
  BurstUndoAnswer: burstUndoAnswerSchema,
  SenderKeySet: senderKeySetSchema,
  CancellationsAnswer: cancellationsAnswerSchema,
  AcknowledgementAnswer: acknowledgementAnswerSchema,
  DeletionCertificate: certificateSchema,
  ContactAnswer: contactAnswerSchema,
  ContactView: contactViewSchema,
  CancellationAnswer: cancellationAnswerSchema,
  ReactivationAnswer: reactivationAnswerSchema,
  HoldAnswer: holdAnswerSchema,
  Health: healthSchema,
  Problem: problemSchema,
};
export type SchemaName = keyof typeof bodies | keyof typeof answers;

export function reference(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}

export function componentSchemas(): object {
  const written = Object.entries({ ...bodies, ...answers }).map(([name, schema]) => {
    // A component has no `$schema` of its own: OpenAPI 3.1 is JSON Schema 2020-12 throughout.
    const { $schema: _, ...component } = z.toJSONSchema(schema, { io: name in bodies ? 'input' : 'output' });
    return [name, component];
  });
  return Object.fromEntries(written);
}
