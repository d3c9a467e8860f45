/** The only things that a log line may hold; an address fits none of them (EM-13, DD-07). */
interface LogFacts {
  requestId?: string;
  route?: string;
  code?: string;
  outcome?: string;
  count?: number;
  eventId?: string;
  awsRequestId?: string;
  error?: unknown;
}

/** Writes one JSON line. `message` is a fixed text: nothing that a caller sent may be put into it. */
export function log(level: 'info' | 'warn' | 'error', message: string, { error, ...facts }: LogFacts = {}): void {
  const line = {
    time: new Date().toISOString(),
    level,
    message,
    ...facts,
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
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 5)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
