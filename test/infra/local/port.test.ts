import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { choosePort } from '../../../infra/local/port.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function busyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('a free port is taken without a word', async () => {
  const lines: string[] = [];
  const free = await choosePort(0, 'a test', (line) => lines.push(line));
  expect(await choosePort(free, 'a test', (line) => lines.push(line))).toBe(free);
  expect(lines).toEqual([]);
});

test('a busy port is left alone, and the other one is told', async () => {
  const busy = await busyPort();
  const lines: string[] = [];
  const chosen = await choosePort(busy, 'a test', (line) => lines.push(line));
  expect(chosen).not.toBe(busy);
  expect(lines).toEqual([`Port ${busy} is busy: a test uses port ${chosen} instead`]);
});
