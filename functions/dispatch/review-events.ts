import type { ReviewOpened } from '../../shared/domain/ports/event-bus.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';

/** A mail waits for a person; where it lies is told to nobody. */
export function reviewOpened({ after }: RegistryChange): ReviewOpened {
  const { reviewId, kind, intents, subjectKey, receivedAt } = after;
  const review = { type: 'review.opened', reviewId, kind, intents, at: String(receivedAt) } as ReviewOpened;
  return subjectKey === undefined ? review : ({ ...review, subjectKey } as ReviewOpened);
}
