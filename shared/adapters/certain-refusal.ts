/** Errors of sockets that never reached the service. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether a service that sends messages certainly did not take one: it said no, or was never reached. Of a 5xx nobody knows. */
export function isCertainlyRefused(error: unknown): boolean {
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: string };
  const status = $metadata?.httpStatusCode;
  return (status !== undefined && status >= 400 && status < 500) || (code !== undefined && NOT_REACHED.has(code));
}
