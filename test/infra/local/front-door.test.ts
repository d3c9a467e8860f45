import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FrontDoor, startFrontDoor } from '../../../infra/local/front-door.ts';
import type { Stack } from '../../../infra/local/stack.ts';

interface Seen {
  request: IncomingMessage;
  body: Buffer;
}

let api: Server;
let door: FrontDoor;
let seen: Seen[];

beforeEach(async () => {
  seen = [];
  api = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({ request, body });
      response.writeHead(303, { location: 'http://shop.example/thanks', 'x-one': ['a', 'b'] }).end('see there');
    });
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  door = await startFrontDoor({ port: 0 });
});

afterEach(async () => {
  await door.stop();
  api.close();
});

function open(): void {
  const { port } = api.address() as AddressInfo;
  door.open({ apiUrl: `http://127.0.0.1:${port}/_aws/execute-api/id`, publicUrl: door.url } as Stack);
}

describe('the front door', () => {
  test('says that there is nothing yet before the deploy', async () => {
    expect((await fetch(`${door.url}/`)).status).toBe(503);
  });

  test('passes method, path, headers and body on byte for byte', async () => {
    open();
    const body = Buffer.from([0, 255, 10, 13, 37]);
    await fetch(`${door.url}/u/a%2Fb?x=%20`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'a/b' },
      redirect: 'manual',
    });
    expect(seen[0]?.request.method).toBe('POST');
    expect(seen[0]?.request.url).toBe('/_aws/execute-api/id/u/a%2Fb?x=%20');
    expect(seen[0]?.request.headers).toMatchObject({ 'content-type': 'a/b', 'content-length': '5' });
    expect(seen[0]?.request.headers.host).toBe(`127.0.0.1:${(api.address() as AddressInfo).port}`);
    expect(seen[0]?.body).toEqual(body);
  });

  test('passes the answer back unchanged, redirects included', async () => {
    open();
    const answer = await fetch(`${door.url}/opt-outs`, { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('http://shop.example/thanks');
    expect(answer.headers.get('x-one')).toBe('a, b');
    expect(await answer.text()).toBe('see there');
  });

  test('shows the shop with a plain form that posts to the API', async () => {
    open();
    const page = await (await fetch(`${door.url}/shop`)).text();
    expect(page).toContain(`action="${door.url}/opt-outs"`);
    expect(page).toContain('name="address"');
    expect(page).not.toContain('<script');
    expect(seen).toEqual([]);
  });
});
