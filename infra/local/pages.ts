import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { type Html, html } from '../../shared/views/html.ts';
import type { LedgerObject } from './audit-trail.ts';
import type { Mail } from './mailbox.ts';

const STYLE = html`<style>
  :root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; }
  header { border-bottom: 1px solid; margin-bottom: 2rem; }
  header a { margin-right: 1.5rem; }
  .goods { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); list-style: none; padding: 0; }
  .goods li, article, form { border: 1px solid #8886; border-radius: 0.6rem; padding: 1rem; }
  .goods span { display: block; font-size: 2.5rem; }
  article { margin-bottom: 1.5rem; }
  input, button { font: inherit; padding: 0.5rem 0.8rem; }
  input { box-sizing: border-box; width: 100%; }
  button { margin-top: 0.8rem; }
  iframe { background: #fff; border: 1px solid #8886; height: 34rem; width: 100%; }
  pre { overflow-wrap: anywhere; white-space: pre-wrap; }
  dt { float: left; width: 5rem; }
  dd { margin: 0; }
  .trap { left: -9999px; position: absolute; }
</style>`;

/** A shop's front page with the opt-out form just as any website embeds it: plain HTML, no script. */
export function shopPage(optOutUrl: string, site: string): string {
  return page(
    'Corner Shop',
    html`<h1>Corner Shop</h1>
      <p>Good things from around the corner, packed by hand.</p>
      <ul class="goods">
        <li><span aria-hidden="true">🫖</span> Teapot, round</li>
        <li><span aria-hidden="true">🧦</span> Socks, warm</li>
        <li><span aria-hidden="true">🕯️</span> Candles, six</li>
      </ul>
      <h2 id="opt-out">No more advertising</h2>
      <form method="post" action="${optOutUrl}">
        <input type="hidden" name="site" value="${site}">
        <label for="address">Your e-mail address or phone number</label>
        <input id="address" name="address" required autocomplete="email">
        <div class="trap" aria-hidden="true">
          <label>Leave this empty <input name="${HONEYPOT_FIELD}" tabindex="-1" autocomplete="off"></label>
        </div>
        <button>Stop advertising and do not sell my data</button>
      </form>`,
  );
}

export function thankYouPage(): string {
  return page(
    'Thank you',
    html`<h1>Thank you</h1>
      <p>Your opt-out is in force. A receipt is on its way to you if you gave an e-mail address.</p>`,
  );
}

/** The mails that Heed sent, as a person reads them. */
export function mailboxPage(mails: readonly Mail[]): string {
  const list = mails.length > 0 ? mails.map(mailArticle) : html`<p>No mail yet. Load this page again in a moment.</p>`;
  return page('Mailbox', html`<h1>Mailbox</h1>${list}`);
}

function mailArticle({ from, to, subject, sentAt, text, html: body }: Mail): Html {
  return html`<article>
    <h2>${subject}</h2>
    <dl>
      <dt>From</dt><dd>${from}</dd>
      <dt>To</dt><dd>${to.join(', ')}</dd>
      <dt>Date</dt><dd><time datetime="${sentAt.toISOString()}">${sentAt.toUTCString()}</time></dd>
    </dl>
    ${body !== '' && mailFrame(body, subject)}
    <details${body === '' && html` open`}><summary>As plain text</summary><pre>${linked(text)}</pre></details>
  </article>`;
}

// Sandboxed: no script, no form, no access to this page; links open in a tab of their own, as mail programs do it.
function mailFrame(body: string, subject: string): Html {
  return html`<iframe title="${subject}" sandbox="allow-popups allow-popups-to-escape-sandbox"
    srcdoc="${`<base target="_blank">${body}`}"></iframe>`;
}

function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}" target="_blank">${part}</a>` : html`${part}`));
}

/** The ledger as text: a heading line for each object, then its lines as written. */
export function auditText(objects: readonly LedgerObject[]): string {
  if (objects.length === 0) return 'Nothing has been recorded yet.\n';
  return objects.map(({ key, lines }) => [`# ${key}`, ...lines, ''].join('\n')).join('\n');
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${STYLE}</head>
<body>
<header><nav><a href="/shop">Demo shop</a><a href="/mailbox">Mailbox</a><a href="/audit">Audit trail</a><a href="/">Heed's form</a></nav></header>
<main>${content}</main>
</body>
</html>`.toString();
}
