import { afterAll, afterEach, vi } from 'vitest';
import { runHeed } from './running-heed.ts';

/** Heed at a time that stands still, its log kept from the terminal. Each test of the file begins anew, and the file leaves nothing behind. */
export async function heedAt(now: Date) {
  vi.useFakeTimers({ toFake: ['Date'], now });
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const heed = await runHeed();
  afterEach(() => {
    heed.restart();
    vi.setSystemTime(now);
  });
  afterAll(async () => {
    await heed.close();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
  return { heed, written };
}
