import { call, mintLink, openPage, start } from './calls.ts';
import { expect, step, type Walk } from './walk.ts';

/** A sender asks for the link and the headers of one mail. */
export async function prepareMail(walk: Walk, address: string): Promise<string> {
  return await step(
    walk,
    `A sender prepares a newsletter to ${address} and asks for its unsubscribe headers`,
    async (say) => {
      const { url, headers } = await mintLink(walk, address);
      const isComplete = headers['List-Unsubscribe'].includes(`<${url}>`);
      expect(
        isComplete && !url.includes('@'),
        'a List-Unsubscribe header with the link, and no readable address',
        headers,
      );
      for (const [name, value] of Object.entries(headers)) say(`${name}: ${value}`);
      return url;
    },
  );
}

/** The mailbox provider's "unsubscribe" button, as RFC 8058 sends it: no cookie, no origin, no browser. */
export async function oneClick(walk: Walk, url: string): Promise<void> {
  await step(walk, 'The reader presses "unsubscribe" in the mail program (RFC 8058 one-click)', async (say) => {
    await openPage(url);
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    for (const attempt of ['first', 'repeated']) {
      const answer = await call(url, { method: 'POST', body });
      const isPlain = answer.status === 200 && !answer.headers.has('set-cookie');
      expect(isPlain, 'status 200, no redirect, no cookie', `status ${answer.status}: ${start(answer.body)}`);
      say(`The ${attempt} request is answered with status 200.`);
    }
  });
}
