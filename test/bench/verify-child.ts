/** Verifies one ledger in a process of its own, and tells what that took. */
import { verifyStoredLedger } from '../../functions/verify-ledger/verify-ledger.ts';
import { openLedger } from '../../shared/adapters/ledger-sources/open-ledger.ts';
import { chooseKeys } from '../../shared/adapters/ledger-sources/public-keys.ts';
import { strictGunzip } from '../../shared/adapters/ledger-sources/strict-gunzip.ts';

export interface Measured {
  seconds: number;
  /** Of all threads, without the start of Node. */
  cpuSeconds: number;
  /** Largest resident set of the process, Node itself included. */
  peakBytes: number;
  /** Largest heap that was left after a collection on the way; means something only when collections can be asked for. */
  heapBytes: number;
}

const GC_EVERY = 10;

const ledger = await openLedger(process.argv[2] ?? '');
const { keys } = await chooseKeys(ledger, []);
let heapBytes = 0;
const verify = verifyStoredLedger({
  ledger,
  gunzip: strictGunzip,
  now: () => new Date('2026-11-23T09:00:00Z'),
  onDefect: ({ kind }) => {
    throw new Error(`The sample is not sound: ${kind}`);
  },
  onProgress: ({ objects }) => {
    if (objects % GC_EVERY !== 0) return;
    globalThis.gc?.();
    heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed);
  },
});

const [started, startedCpu] = [performance.now(), process.cpuUsage()];
const { outcome } = await verify({ keys });
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(startedCpu);
if (outcome !== 'sound') throw new Error(outcome);
const measured: Measured = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  heapBytes,
};
process.stdout.write(JSON.stringify(measured));
