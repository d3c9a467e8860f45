import type { RequestId } from '../domain/request.ts';
import type { ScopeName } from '../domain/scope.ts';
import type { PageFrame } from './layout.ts';
import { type ComposedMail, mail } from './mails/mail.ts';
import { describeMoment } from './moment.ts';
import { describeScope } from './scope-words.ts';

export interface ReceiptMail extends PageFrame {
  requestId: RequestId;
  scopes: readonly ScopeName[];
  receivedAt: Date;
  receiptUrl: string;
  confirmUrl: string;
  undoUrl: string;
  preferencesUrl: string;
}

/**
 * The mail that informs and asks for nothing: what, when, number, proof, undo, and who is responsible (CS-06). It
 * carries no promotion, image or tracking, which would make it a commercial message (CS-07).
 */
export function receiptMail(receipt: ReceiptMail): ComposedMail {
  const { strings, brand, scopes, receivedAt, requestId } = receipt;
  return mail({
    ...receipt,
    // A constant: it can carry neither an address nor a line break.
    subject: strings('mail.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.intro', { time: describeMoment(strings, receivedAt) }) },
      { kind: 'list', title: strings('facts.scopes'), items: scopes.map((scope) => describeScope(strings, scope)) },
      { kind: 'facts', facts: [[strings('facts.requestId'), requestId]] },
      { kind: 'link', url: receipt.receiptUrl, label: strings('mail.receipt') },
      {
        kind: 'link',
        url: receipt.confirmUrl,
        label: strings('mail.confirm'),
        detail: strings('mail.confirm.detail'),
      },
      { kind: 'link', url: receipt.undoUrl, label: strings('mail.undo'), detail: strings('mail.undo.detail') },
      {
        kind: 'link',
        url: receipt.preferencesUrl,
        label: strings('preferences.link'),
        detail: strings('mail.preferences.detail'),
      },
      { kind: 'note', text: strings('mail.why', { brand: brand.name }) },
    ],
  });
}
