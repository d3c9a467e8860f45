import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Report } from './progress.ts';

const LOOPBACK = '127.0.0.1';

/** The preferred port of loopback, or when something listens there any free one; says so. */
export async function choosePort(preferred: number, purpose: string, report: Report): Promise<number> {
  const port = (await probe(preferred)) ?? (await probe(0));
  if (port === undefined) throw new Error(`No free port on ${LOOPBACK} for ${purpose}`);
  if (port !== preferred && preferred !== 0) report(`Port ${preferred} is busy: ${purpose} uses port ${port} instead`);
  return port;
}

// Both loopback addresses: what listens on ::1 alone would take the calls to `localhost`.
async function probe(wanted: number): Promise<number | undefined> {
  const port = await tryListen(LOOPBACK, wanted);
  if (port === undefined || (await tryListen('::1', port)) === undefined) return undefined;
  return port;
}

async function tryListen(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE', 'EACCES')) return undefined;
    // A machine without IPv6: nobody can be listening there.
    if (hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) return port;
    throw error;
  } finally {
    server.close();
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
