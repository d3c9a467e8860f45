import type { Understanding } from '../../shared/domain/inbound/understand-text.ts';
import type { Links } from '../../shared/domain/ports/links.ts';
import type { Manner } from '../../shared/domain/request.ts';
import type { ReviewKind } from '../../shared/domain/review.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { Identifier } from '../../shared/domain/subject.ts';

/** What a mail is found to want. */
export interface Findings {
  optOuts: readonly OptOutFound[];
  /** A person must look at the mail. */
  review?: { kind: ReviewKind; intents: readonly string[]; identifier?: Identifier };
}

export interface OptOutFound {
  identifier: Identifier;
  scopes: readonly ScopeName[];
  manner: Extract<Manner, 'mailto' | 'feedback-report' | 'bounce'>;
  /** `false`: a robot speaks, which gets no answer (RF-09). */
  wantsReceipt: boolean;
  isSuspect: boolean;
  locale: string;
}

export const NOTHING: Findings = { optOuts: [] };

/** What is needed to hear what a mail says. */
export interface Hearing {
  links: Links;
  understand: (text: { subject: string; body: string }) => Understanding;
  /** Languages that Heed speaks, the fallback first. */
  locales: readonly string[];
}
