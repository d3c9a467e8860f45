import type { ScopeName } from '../../domain/scope.ts';
import type { PageFrame } from '../layout.ts';
import { describeMoment } from '../moment.ts';
import { describeScope } from '../scope-words.ts';
import { type ComposedMail, mail } from './mail.ts';

export interface OptInMail extends PageFrame {
  scopes: readonly ScopeName[];
  /** When step 1 was taken. */
  receivedAt: Date;
  optInUrl: string;
}

/** Step 2 of opting back in (CC-15): what would be allowed, the link, and how to leave everything as it is. It advertises nothing (CS-07). */
export function optInMail(content: OptInMail): ComposedMail {
  const { strings, brand, scopes, receivedAt, optInUrl } = content;
  return mail({
    ...content,
    subject: strings('mail.opt-in.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.opt-in.intro', { time: describeMoment(strings, receivedAt) }) },
      {
        kind: 'list',
        title: strings('confirm.opt-in.scopes'),
        items: scopes.map((scope) => describeScope(strings, scope)),
      },
      { kind: 'link', url: optInUrl, label: strings('mail.opt-in.link'), detail: strings('mail.opt-in.detail') },
      { kind: 'note', text: strings('mail.why.link', { brand: brand.name }) },
    ],
  });
}
