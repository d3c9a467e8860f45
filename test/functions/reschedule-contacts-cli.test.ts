import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as reschedule from '../../functions/reschedule-contacts/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { reschedule: { summary: 'reschedules', load: () => Promise.resolve(reschedule) } };
const POLICY = '2026-11-26.abcdef012345';
const CANARY = 'canary.person@example.org';

const lambda = mockClient(LambdaClient);
let folder: string;
let state: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-reschedule-'));
  state = join(folder, 'state.json');
  lambda.reset();
  answers(report(500, 'here'), report(20));
});
afterEach(() => rm(folder, { recursive: true }));

const report = (contacts: number, cursor?: string) => ({
  policyVersion: POLICY,
  counts: { earlier: 2, later: 1, unchanged: contacts, held: 0 },
  contacts,
  cursor,
});

const FAILURE = { errorMessage: CANARY };

/** What the function says, call after call. */
function answers(...payloads: object[]) {
  const calls = lambda.on(InvokeCommand);
  for (const payload of payloads) {
    const Payload = { transformToString: () => JSON.stringify(payload) } as never;
    calls.resolvesOnce({ Payload, ...(payload === FAILURE && { FunctionError: 'Unhandled' }) });
  }
}

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['reschedule', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

const asked = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => JSON.parse(String(input.Payload)));

describe('heed reschedule', () => {
  it('only counts without --apply, and goes on until all contacts are done', async () => {
    const { code, text } = await heed('Reschedule');
    expect(code).toBe(0);
    expect(text).toBe(
      `520 contacts; their classes would get their end by the schedule ${POLICY}:\n` +
        '  4 earlier\n  2 later\n  520 unchanged\n  0 on hold: the new end counts when the hold is released\n' +
        'Nothing was changed. --apply does it.\n',
    );
    expect(asked()).toEqual([
      { limit: 500, apply: false },
      { limit: 500, apply: false, cursor: 'here' },
    ]);
    expect(lambda.call(0).args[0].input).toMatchObject({ FunctionName: 'Reschedule' });
  });

  it('writes with --apply', async () => {
    const { code, text } = await heed('Reschedule', '--apply', '--rate', '100000');
    expect(code).toBe(0);
    expect(text).toContain('520 contacts; their classes got their end by');
    expect(text).not.toContain('Nothing was changed');
    expect(asked().map(({ apply }) => apply)).toEqual([true, true]);
  });

  it('notes how far it came when it fails, repeats no word of the function, and goes on from there', async () => {
    lambda.reset();
    answers(report(500, 'here'), FAILURE);
    const first = await heed('Reschedule', '--apply', '--state', state);
    expect([first.code, first.text]).toEqual([2, '']);
    expect(first.complaints).toContain('Reschedule failed; its log says why');
    expect(first.complaints).not.toContain('canary');
    lambda.reset();
    answers(report(20));
    const second = await heed('Reschedule', '--apply', '--state', state);
    expect(second.text).toContain('520 contacts');
    expect(asked()).toEqual([{ limit: 500, apply: true, cursor: 'here' }]);
    expect(existsSync(state)).toBe(false);
  });

  it.each([
    ['a run without --apply', { apply: false, policyVersion: POLICY }],
    ['another schedule', { apply: true, policyVersion: 'other' }],
  ])('ends with 2 on the state of %s', async (_, known) => {
    const counts = { earlier: 0, later: 0, unchanged: 0, held: 0 };
    await writeFile(state, JSON.stringify({ ...known, counts, contacts: 0, cursor: 'here' }));
    expect(await heed('Reschedule', '--apply', '--state', state)).toMatchObject({ code: 2, text: '' });
    expect(existsSync(state)).toBe(true);
  });

  it('ends with 2 on a report of another form, and on a file that is no state', async () => {
    lambda.reset();
    answers({ ...report(1), contacts: 'all' });
    expect((await heed('Reschedule')).code).toBe(2);
    await writeFile(state, 'not json');
    const { code, complaints } = await heed('Reschedule', '--state', state);
    expect([code, complaints]).toEqual([2, expect.stringContaining('is no state of this command')]);
  });

  it.each([[[]], [['a b']], [['a', 'b']], [['a', '--rate', '0']], [['a', '--force']]])(
    'ends with 2 when called as %j',
    async (args) => {
      expect(await heed(...args)).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining('Usage:') });
      expect(lambda.calls()).toEqual([]);
    },
  );
});
