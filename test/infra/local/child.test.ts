import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run, start, stop } from '../../../infra/local/child.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-child-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a program that is not installed ends with 127', async () => {
  expect(await run({ command: 'no-such-program-here', args: [], log: join(folder, 'log') })).toBe(127);
});

test('output goes to the log and line by line to the listener', async () => {
  const lines: string[] = [];
  const log = join(folder, 'log');
  const code = await run({
    command: 'sh',
    args: ['-c', 'echo one; echo two >&2; exit 3'],
    log,
    onLine: (line) => lines.push(line),
  });
  expect(code).toBe(3);
  expect(new Set(lines)).toEqual(new Set(['one', 'two']));
  await expect.poll(() => readFile(log, 'utf8')).toMatch(/one|two/);
});

test('a program that will not end is ended by force, and its children with it', async () => {
  const pids: number[] = [];
  const script =
    "trap '' TERM; sh -c \"trap '' TERM; echo $$; while :; do sleep 1; done\" & echo $$; wait; while :; do sleep 1; done";
  const child = start({
    command: 'sh',
    args: ['-c', script],
    log: join(folder, 'log'),
    onLine: (line) => pids.push(Number(line)),
  });
  await expect.poll(() => pids.length).toBe(2);
  await stop(child, 200);
  await sleep(100);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
