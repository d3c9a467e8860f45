import { fillSignalStatus } from '../views/signal-status.ts';
import type { HttpReply, HttpRequest } from './request.ts';

/** The header of Global Privacy Control, in the spelling of `Vary`. */
const GPC_HEADER = 'Sec-GPC';

/**
 * Whether the browser asks not to sell or share (Global Privacy Control §3). Exactly `1` counts; of several headers, which arrive joined by
 * commas, one is enough (GP-01). Its absence means nothing: it is never taken for consent (CC-14).
 */
export function hasGpcSignal({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  const values = headers['sec-gpc']?.split(',') ?? [];
  return values.some((value) => value.replace(OPTIONAL_BLANKS, '') === '1');
}

// RFC 9110 §5.6.3: around the members of a list stand spaces and tabs, and nothing else.
const OPTIONAL_BLANKS = /^[ \t]+|[ \t]+$/g;

/**
 * Shows on a page whether the signal came (11 CCR 7025(c)(6)). Every page of ours passes here, whichever function made it, so that none can
 * forget. A page that depends on the header says so to caches (GP-02).
 */
export function showSignal(request: HttpRequest, reply: HttpReply): HttpReply {
  if (!reply.contentType.startsWith('text/html')) return reply;
  return {
    ...reply,
    body: fillSignalStatus(reply.body, hasGpcSignal(request)),
    headers: { ...reply.headers, vary: GPC_HEADER },
  };
}
