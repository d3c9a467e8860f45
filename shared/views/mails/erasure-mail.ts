import type { PageFrame } from '../layout.ts';
import { describeMoment } from '../moment.ts';
import { type ComposedMail, mail } from './mail.ts';

export interface ErasureMail extends PageFrame {
  receivedAt: Date;
  erasureUrl: string;
}

/** Asks the owner of the mailbox whether the data shall really go (CC-21). Without an answer nothing happens, and it says so. */
export function erasureMail(content: ErasureMail): ComposedMail {
  const { strings, brand, receivedAt, erasureUrl } = content;
  return mail({
    ...content,
    subject: strings('mail.erasure.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.erasure.intro', { time: describeMoment(strings, receivedAt) }) },
      { kind: 'link', url: erasureUrl, label: strings('mail.erasure.link'), detail: strings('mail.erasure.detail') },
      { kind: 'note', text: strings('mail.erasure.why', { brand: brand.name }) },
    ],
  });
}
