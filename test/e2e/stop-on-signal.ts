import { stopAll } from '../../infra/local/child.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Whoever ends this process, by Ctrl-C or by ending vitest itself, ends what it started. */
export function stopOnSignal(): void {
  for (const [signal, code] of Object.entries(EXIT_CODES)) process.once(signal, () => void stopAndExit(code));
  // A worker notices by this that the main process is gone.
  process.once('disconnect', () => void stopAndExit(EXIT_CODES.SIGTERM));
}

async function stopAndExit(code: number): Promise<void> {
  await stopAll();
  process.exit(code);
}
