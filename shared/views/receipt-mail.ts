import type { RequestId } from '../domain/request.ts';
import type { ScopeName } from '../domain/scope.ts';
import type { Strings } from '../i18n/strings.ts';
import type { Settings } from '../settings.ts';
import { type Html, html, trusted } from './html.ts';
import { describeMoment, momentElement } from './moment.ts';
import { describeScope } from './scope-words.ts';

// Mail programs drop style sheets at will: the inline styles carry the light look, this one only the dark.
const DARK = `@media (prefers-color-scheme:dark){.ground{background:#121513!important}.sheet{background:#1b1f1d!important;border-color:#343a37!important;color:#eceeec!important}.soft{color:#a9b0ac!important}.rule{border-color:#343a37!important}a{color:#7fd6b8!important}}`;

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const SOFT = 'margin:0;font-size:14px;line-height:21px;color:#575c59';
const RULE = 'margin:0;padding:10px 0;border-top:1px solid #d9d8d1';
const LINK = 'display:inline-block;padding:10px 0;color:#0f5c4a;font-weight:600';

export interface ReceiptMail {
  strings: Strings;
  controller: Settings['controller'];
  brand?: { name: string };
  requestId: RequestId;
  scopes: readonly ScopeName[];
  receivedAt: Date;
  receiptUrl: string;
  confirmUrl: string;
  undoUrl: string;
}

/**
 * The mail that informs and asks for nothing: what, when, number, proof, undo, and who is responsible (CS-06). It
 * carries no promotion, image or tracking, which would make it a commercial message (CS-07).
 */
export function receiptMail(mail: ReceiptMail): { subject: string; text: string; html: string } {
  // The subject is a constant: it can carry neither an address nor a line break.
  return { subject: mail.strings('mail.subject'), text: text(mail), html: page(mail) };
}

function text(mail: ReceiptMail): string {
  const { strings, controller } = mail;
  return [
    [strings('mail.intro', { time: describeMoment(strings, mail.receivedAt) })],
    [strings('facts.scopes'), ...mail.scopes.map((scope) => `- ${describeScope(strings, scope)}`)],
    [strings('facts.requestId'), mail.requestId],
    [strings('mail.receipt'), mail.receiptUrl],
    [strings('mail.confirm'), mail.confirmUrl, strings('mail.confirm.detail')],
    [strings('mail.undo'), mail.undoUrl, strings('mail.undo.detail')],
    [strings('mail.why', { brand: mail.brand?.name ?? controller.name }), controller.name, ...controller.postalAddress],
  ]
    .map((paragraph) => paragraph.join('\n'))
    .join('\n\n')
    .concat('\n');
}

/** One column without tables, images or anything to fetch. */
function page(mail: ReceiptMail): string {
  const { strings } = mail;
  const subject = strings('mail.subject');
  return html`<!doctype html>
<html lang="${strings.locale}">
<head>
<meta charset="utf-8">
<title>${subject}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>${trusted(DARK)}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f4f3ef">
<div class="ground" style="padding:24px 12px;background:#f4f3ef;${FONT}">
<div class="sheet" style="max-width:560px;margin:0 auto;padding:32px 24px;background:#ffffff;border:1px solid #d9d8d1;border-radius:16px;color:#1d1f1e;font-size:16px;line-height:24px">
<h1 style="margin:0 0 16px;font-size:26px;line-height:32px;letter-spacing:-0.02em">${subject}</h1>
<p style="margin:0 0 24px">${intro(mail)}</p>
${record(mail)}
${offers(mail)}
</div>
${sender(mail)}
</div>
</body>
</html>
`.toString();
}

// The sentence comes from the strings with a mark where the time goes, so that only the time becomes an element.
function intro({ strings, receivedAt }: ReceiptMail): Html {
  const [before = '', after = ''] = strings('mail.intro').split('{time}');
  return html`${before}${momentElement(strings, receivedAt)}${after}`;
}

function record({ strings, scopes, requestId, receiptUrl }: ReceiptMail): Html {
  return html`<div class="rule" style="${RULE}">
<p class="soft" style="${SOFT}">${strings('facts.scopes')}</p>
${scopes.map((scope) => html`<p style="margin:0;font-weight:600">${describeScope(strings, scope)}</p>`)}
</div>
<div class="rule" style="${RULE}">
<p class="soft" style="${SOFT}">${strings('facts.requestId')}</p>
<p style="margin:0;font-weight:600;word-break:break-all">${requestId}</p>
<p style="margin:0"><a href="${receiptUrl}" style="${LINK}">${strings('mail.receipt')}</a></p>
</div>`;
}

function offers({ strings, confirmUrl, undoUrl }: ReceiptMail): Html {
  const offer = (url: string, label: string, detail: string) => html`<div class="rule" style="${RULE}">
<p style="margin:0"><a href="${url}" style="${LINK}">${label}</a></p>
<p class="soft" style="${SOFT}">${detail}</p>
</div>`;
  return html`${offer(confirmUrl, strings('mail.confirm'), strings('mail.confirm.detail'))}
${offer(undoUrl, strings('mail.undo'), strings('mail.undo.detail'))}`;
}

function sender({ strings, controller, brand }: ReceiptMail): Html {
  return html`<div style="max-width:560px;margin:0 auto;padding:16px 24px">
<p class="soft" style="${SOFT}">${strings('mail.why', { brand: brand?.name ?? controller.name })}</p>
<p class="soft" style="${SOFT};padding-top:12px">${[controller.name, ...controller.postalAddress].map((line) => html`${line}<br>`)}</p>
</div>`;
}
