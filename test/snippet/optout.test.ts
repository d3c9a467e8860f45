import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { snippet } from '../../infra/snippet.ts';
import { openBrowser } from '../e2e/browser.ts';

const INTEGRITY = `sha384-${createHash('sha384').update(snippet()).digest('base64')}`;

let browser: Browser;
let page: Page;
let servers: Server[];
let heed: string;
let site: string;
let posted: string[];
let answer: number;

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a site does: the snippet first, then trackers if they are allowed, and never on an error. */
function sitePage(integrity: string): string {
  return `<!doctype html><html lang="de"><title>Site</title><body><p id="status"></p>
<script>window.before = new Set(Object.getOwnPropertyNames(window))</script>
<script src="${heed}/optout.v1.js" integrity="${integrity}" crossorigin="anonymous"></script>
<script>if (heedOptOut.allows('sale-share')) window.tracked = true</script>`;
}

beforeAll(async () => {
  const service = createServer((request, response) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
    const isScript = request.url?.endsWith('.js') === true;
    response.writeHead(request.method === 'POST' ? answer : 200, {
      ...cors,
      'content-type': isScript ? 'text/javascript; charset=utf-8' : 'application/json',
    });
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (request.method === 'POST') posted.push(`${request.url} ${body}`);
      response.end(isScript ? snippet() : '{"status":"opted_out"}');
    });
  });
  heed = await listen(service);
  const pages = createServer((request, response) => {
    const isBroken = request.url === '/broken';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(sitePage(isBroken ? `sha384-${'A'.repeat(64)}` : INTEGRITY));
  });
  site = await listen(pages);
  servers = [service, pages];
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

beforeEach(async () => {
  posted = [];
  answer = 201;
  page = await (await browser.newContext()).newPage();
});

const isTracked = async () => await page.evaluate<boolean>('window.tracked === true');
const signal = async () =>
  await page.addInitScript("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })");

describe('the snippet in a browser', () => {
  it('lets trackers load where nobody opted out, and leaves one global behind', async () => {
    await page.goto(site);
    expect(await isTracked()).toBe(true);
    const added =
      "Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && !['before', 'tracked'].includes(name))";
    expect(await page.evaluate(added)).toEqual(['heedOptOut']);
    expect(await page.evaluate("heedOptOut.allows('profiling')")).toBe(false);
  });

  it('stops them when the browser sends the signal, and shows so (GP-03, CC-11)', async () => {
    await signal();
    await page.goto(site);
    expect(await isTracked()).toBe(false);
    await page.evaluate("heedOptOut.show(document.getElementById('status'))");
    expect(await page.locator('#status[role=status]').textContent()).toBe(' Widerspruch beachtet');
    expect(await page.locator('#status input').isChecked()).toBe(true);
    expect(await page.locator('#status input').isDisabled()).toBe(true);
    expect(posted).toEqual([]);
  });

  it('shows nothing while nobody opted out', async () => {
    await page.goto(site);
    await page.evaluate("heedOptOut.show(document.getElementById('status'))");
    expect(await page.locator('#status').innerHTML()).toBe('');
  });

  it('keeps a choice that was made on the site, and tells the service of the address', async () => {
    await page.goto(site);
    await page.evaluate("heedOptOut.optOut({ email: 'jane@example.org' })");
    expect(posted).toEqual(['/v1/opt-outs {"email":"jane@example.org","scopes":["any:sale-share"]}']);
    await page.reload();
    expect(await isTracked()).toBe(false);
  });

  it.each(["localStorage.removeItem('heed-opt-out')", "document.cookie = 'heed-opt-out=; max-age=0'"])(
    'keeps it without %s',
    async (forget) => {
      await page.goto(site);
      await page.evaluate('heedOptOut.optOut()');
      await page.evaluate(forget);
      await page.reload();
      expect(await isTracked()).toBe(false);
      expect(posted).toEqual([]);
    },
  );

  it('claims nothing when the service did not take it; this browser is opted out all the same', async () => {
    answer = 503;
    await page.goto(site);
    const failure = "heedOptOut.optOut({ email: 'jane@example.org' }).then(() => 'taken', (error) => error.message)";
    expect(await page.evaluate(failure)).toBe('Heed answered 503');
    expect(await page.evaluate("heedOptOut.allows('sale-share')")).toBe(false);
  });

  it('allows nothing where the site may not read its storage', async () => {
    await page.addInitScript("Object.defineProperty(window, 'localStorage', { get: () => { throw new Error() } })");
    await page.goto(site);
    expect(await isTracked()).toBe(false);
  });

  it('does not run when its bytes are others than the hash says, and then no tracker loads', async () => {
    await page.goto(`${site}/broken`);
    expect(await page.evaluate('typeof heedOptOut')).toBe('undefined');
    expect(await isTracked()).toBe(false);
  });
});
