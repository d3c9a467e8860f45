import { type Mail, readMailbox } from '../mailbox.ts';
import { visibleText } from './calls.ts';
import { eventually, expect, step, type Walk } from './walk.ts';

/** The links of a receipt mail. */
export interface ReceiptLinks {
  confirm: string;
  undo: string;
  receipt: string;
}

/** The receipt reaches the customer's mailbox. */
export async function receiveMail(walk: Walk, address: string): Promise<ReceiptLinks> {
  return await step(walk, 'The receipt mail arrives in the mailbox', async (say) => {
    const mail = await eventually(`a mail to ${address}`, async () =>
      (await readMailbox(walk.stack.endpoint)).find(({ to }) => to.some((one) => one.includes(address))),
    );
    const links = receiptLinks(mail, walk.stack.publicUrl);
    say(`From ${mail.from}, subject "${mail.subject}"`);
    for (const [name, url] of Object.entries(links)) say(`${name.padEnd(8)} ${url}`);
    return links;
  });
}

function receiptLinks(mail: Mail, publicUrl: string): ReceiptLinks {
  const links = [...mail.html.matchAll(/<a\b[^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs)].map(
    ([, url = '', label = '']) => ({
      url: url.replaceAll('&amp;', '&'),
      label: visibleText(label),
    }),
  );
  const find = (path: string, label: RegExp) => {
    const found = links.find((link) => link.url.startsWith(`${publicUrl}${path}`) && label.test(link.label));
    expect(found !== undefined, `a link to ${path}… labelled ${label} in the mail`, links);
    return found.url;
  };
  return { confirm: find('/c/', /confirm/i), undo: find('/c/', /undo/i), receipt: find('/r/', /./) };
}
