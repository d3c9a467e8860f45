import { CannotCheck } from './command-line.ts';

export interface JsonApiOptions {
  /** Origin of the API. */
  url: string;
  token: string;
  pause: (milliseconds: number) => Promise<unknown>;
  /** For tests. */
  fetch?: typeof fetch;
}

/** Answers after which the same request may succeed. */
const TRY_AGAIN = new Set([429, 502, 503, 504]);
/** The last wait before the seventh is half a minute or so, which outlasts a throttle and not an outage. */
const ATTEMPTS = 8;
const MOST_MS = 30_000;

/**
 * Posts JSON with a bearer token; waits, longer each time, while the service is busy or does not answer. Throws {@link CannotCheck} in words
 * that hold nothing of what was sent.
 */
export function jsonApi({ url, token, pause, fetch: send = fetch }: JsonApiOptions) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (path: string, body: object): Promise<unknown> => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await tried(send(new URL(path, url), request));
      if (answer instanceof Response && answer.ok) return await answer.json();
      if (!mayTryAgain(answer) || attempt === ATTEMPTS) throw new CannotCheck(refusal(path, answer));
      await pause(waitMs(attempt, answer));
    }
  };
}

async function tried(call: Promise<Response>): Promise<Response | Error> {
  try {
    return await call;
  } catch (error) {
    // Named failure: no connection, or one that broke. Whether the service took the request is not known; repeats converge.
    if (error instanceof Error) return error;
    throw error;
  }
}

function mayTryAgain(answer: Response | Error): boolean {
  return answer instanceof Error || TRY_AGAIN.has(answer.status);
}

function waitMs(attempt: number, answer: Response | Error): number {
  const asked = answer instanceof Response ? Number(answer.headers.get('retry-after')) * 1000 : 0;
  // Drawn by lot, so that several callers do not come back at once.
  const drawn = 2 ** attempt * 250 * (0.5 + Math.random() / 2);
  return Math.min(MOST_MS, Math.max(Number.isFinite(asked) ? asked : 0, drawn));
}

function refusal(path: string, answer: Response | Error): string {
  if (answer instanceof Error) return `the service does not answer (${answer.name})`;
  if (answer.status === 401) return 'the service does not take the token: it is wrong, or its time is over';
  if (answer.status === 403) return 'the token lacks the scope contacts:write';
  return `${path} answered ${answer.status}`;
}
