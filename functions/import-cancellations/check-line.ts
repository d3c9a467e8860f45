import type { LineProblem } from '../../shared/domain/contact/cancellation-lines.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import type { Cancellation } from '../../shared/domain/contact/contact-changes.ts';
import { type CancellationLine, cancellationLineSchema } from '../../shared/http/schemas/cancellations.ts';

/** A cancellation and whose it is. */
export interface NamedCancellation extends Cancellation {
  contactId: ContactId;
}

/** The cancellation that a value is, or what keeps it from being one. Repeats nothing of the value. */
export function checkLine(value: unknown): NamedCancellation | { problem: LineProblem } {
  const parsed = cancellationLineSchema.safeParse(value);
  if (parsed.success) return named(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.');
  const code = `line.${issue?.code.replaceAll('_', '-') ?? 'invalid'}`;
  const detail = issue?.code === 'custom' ? issue.message : 'Not of the form that is accepted; see /openapi.json';
  return { problem: { code, detail, ...(field ? { field } : {}) } };
}

function named({ contactId, cancelledAt, contractEndsAt, reason }: CancellationLine): NamedCancellation {
  return {
    contactId: contactId as ContactId,
    cancelledAt: new Date(cancelledAt),
    ...(reason === undefined ? {} : { reason }),
    ...(contractEndsAt === undefined ? {} : { contractEndsAt: new Date(contractEndsAt) }),
  };
}
