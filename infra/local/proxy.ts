import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** Headers of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Passes a request on, byte for byte, and its answer back unchanged; only the host is the target's. */
export async function forward(incoming: IncomingMessage, outgoing: ServerResponse, targetUrl: string): Promise<void> {
  const target = new URL(targetUrl);
  const body = await buffer(incoming);
  const headers = [...endToEnd(incoming.rawHeaders), 'host', target.host, 'content-length', String(body.length)];
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest({
    host: target.hostname,
    port: target.port,
    method: incoming.method,
    // As it came: a parsed URL would change the spelling of a token.
    path: `${target.pathname}${incoming.url}`,
    headers,
    agent: false,
  })
    .on('response', resolve)
    .on('error', reject)
    .end(body);
  const answer = await promise;
  outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders, []));
  await pipeline(answer, outgoing);
}

/** Raw headers (name, value, name, value …) without those that the next connection sets itself. */
function endToEnd(rawHeaders: readonly string[], replaced: readonly string[] = ['host', 'content-length']): string[] {
  return rawHeaders.filter((_, index) => {
    const name = (rawHeaders[index - (index % 2)] ?? '').toLowerCase();
    return !HOP_BY_HOP.has(name) && !replaced.includes(name);
  });
}
