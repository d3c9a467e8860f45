/** The only things that a log line may hold; an address fits none of them (EM-13, DD-07). */
interface LogFacts {
  requestId?: string;
  route?: string;
  code?: string;
  outcome?: string;
  /** What the thing that went wrong was for: one of our own words. */
  kind?: string;
  count?: number;
  seconds?: number;
  eventId?: string;
  awsRequestId?: string;
  error?: unknown;
}

/** Writes one JSON line. `message` is a fixed text: nothing that a caller sent may be put into it. */
export function log(level: 'info' | 'warn' | 'error', message: string, facts: LogFacts = {}): void {
  // Field by field, so that what else an object brings along stays out, whatever its type said.
  const { requestId, route, code, outcome, kind, count, seconds, eventId, awsRequestId, error } = facts;
  const line = {
    time: new Date().toISOString(),
    level,
    message,
    ...{ requestId, route, code, outcome, kind, count, seconds, eventId, awsRequestId },
    ...(error === undefined ? {} : { error: describe(error) }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// An error's text may quote what a caller sent (SDK validation errors do), so only its kind and place are logged.
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const metadata = (error as { $metadata?: { requestId?: string; httpStatusCode?: number } }).$metadata;
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(metadata === undefined ? {} : { awsRequestId: metadata.requestId, status: metadata.httpStatusCode }),
    at: frames(error),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}

// The stack begins with the text, whose own lines may look like frames: only what follows it is taken.
function frames({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const lines = start < 0 ? [] : stack.slice(start + message.length).split('\n');
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim());
}
