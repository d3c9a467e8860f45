import type { ScopeName } from '../../domain/scope.ts';
import type { PageFrame } from '../layout.ts';
import { describeMoment } from '../moment.ts';
import { describeScope } from '../scope-words.ts';
import { type ComposedMail, mail } from './mail.ts';

export interface BurstUndoneMail extends PageFrame {
  /** When it was put back. */
  receivedAt: Date;
  /** What is allowed again, each with the link that stops it at once. */
  stops: readonly { scope: ScopeName; url: string }[];
}

/** Tells whoever did not press a button that it was pressed, and whoever did, how to stop the same again by one press. It advertises nothing (CS-07). */
export function burstUndoneMail(content: BurstUndoneMail): ComposedMail {
  const { strings, brand, receivedAt, stops } = content;
  return mail({
    ...content,
    subject: strings('mail.burst.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.burst.intro') },
      { kind: 'paragraph', text: strings('mail.burst.undone', { time: describeMoment(strings, receivedAt) }) },
      ...stops.map(({ scope, url }) => {
        return { kind: 'link', url, label: strings('mail.burst.stop'), detail: describeScope(strings, scope) } as const;
      }),
      { kind: 'note', text: strings('mail.why.burst', { brand: brand.name }) },
    ],
  });
}
