import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readLedger } from './audit-trail.ts';
import { readMailbox } from './mailbox.ts';
import { auditText, mailboxPage, shopPage, thankYouPage } from './pages.ts';
import { choosePort } from './port.ts';
import { type Report, silent } from './progress.ts';
import { forward } from './proxy.ts';
import type { Stack } from './stack.ts';

/** The site that the deploy adds for the demo shop; see `siteOrigin` in `infra/config.ts`. */
export const DEMO_SITE = 'demo';

const DEFAULT_PORT = 8080;

export interface FrontDoor {
  /** Origin of the demo shop and of every link in a mail. */
  url: string;
  /** From now on serves this deployment. */
  open(stack: Stack): void;
  stop(): Promise<void>;
}

/**
 * Plays what a custom domain and a shop's web server are on AWS: one origin with the demo shop, the mailbox and the
 * audit trail; everything else goes to the API. Its address is needed for the deploy, so it listens before there is one.
 */
export async function startFrontDoor(options: { port?: number; report?: Report } = {}): Promise<FrontDoor> {
  const port = await choosePort(options.port ?? DEFAULT_PORT, 'the front door', options.report ?? silent);
  let stack: Stack | undefined;
  const server = createServer((request, response) => {
    answer(request, response, stack).catch((error: unknown) => failed(response, error));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${port}`,
    open: (deployed) => {
      stack = deployed;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, stack: Stack | undefined): Promise<void> {
  if (stack === undefined) return reply(response, 503, 'text/plain', 'Heed is being deployed.\n');
  const path = new URL(request.url ?? '/', 'http://front-door').pathname;
  const own = OWN_PAGES[path];
  if (own === undefined || request.method !== 'GET') return await forward(request, response, stack.apiUrl);
  const { type, body } = await own(stack);
  reply(response, 200, type, body);
}

type OwnPage = (stack: Stack) => Promise<{ type: string; body: string }>;

const OWN_PAGES: Readonly<Record<string, OwnPage>> = {
  '/shop': async ({ publicUrl }) => ({ type: 'text/html', body: shopPage(`${publicUrl}/opt-outs`, DEMO_SITE) }),
  '/thank-you': async () => ({ type: 'text/html', body: thankYouPage() }),
  '/mailbox': async ({ endpoint }) => ({ type: 'text/html', body: mailboxPage(await readMailbox(endpoint)) }),
  '/audit': async (stack) => ({ type: 'text/plain', body: auditText(await readLedger(stack)) }),
};

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
}

function failed(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  reply(
    response,
    502,
    'text/plain',
    `The local AWS did not answer: ${error instanceof Error ? error.message : error}\n`,
  );
}
