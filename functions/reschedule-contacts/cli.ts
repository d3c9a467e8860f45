import { setTimeout as wait } from 'node:timers/promises';
import { readArguments, UsageError } from '../../shared/adapters/command-line.ts';
import type { ExitCode } from '../../shared/adapters/run-command.ts';
import { openStateFile } from '../../shared/adapters/state-file.ts';
import { progressLine, type Terminal } from '../../shared/adapters/terminal.ts';
import { pacer } from '../../shared/domain/pacer.ts';
import { type RescheduleState, rescheduleAll, stateSchema } from './reschedule-all.ts';
import { rescheduleReportSchema } from './reschedule-call.ts';

export const aim = 'reschedule';

export const usage = `Usage: npx heed reschedule <function name> [options]

After a retention period has changed and was deployed: gives every contact the end that the new schedule sets. Without --apply it
only says how many classes end earlier or later. Nothing that comes earlier ends before the grace is over (graceDays of the stage).
The name is the output RescheduleFunctionName of the service stack. It is harmless to run it twice.

  --apply         Writes the new ends.
  --rate <n>      About so many contacts in a second.
  --state <file>  Notes how far it came, and goes on from there. The file goes when all is done.
  --help          This text.

Needs lambda:InvokeFunction on the function, and no right on any table.

Exit code: 0 all contacts are done, 2 it could not be done.
`;

const OPTIONS = { apply: { type: 'boolean' }, rate: { type: 'string' }, state: { type: 'string' } } as const;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0 || !/^[\w:-]{1,170}$/.test(name))
    throw new UsageError('Name one function');
  const rate = readRate(values.rate);
  const progress = progressLine(terminal);
  // Only here: --help needs no AWS SDK.
  const { lambdaCall } = await import('../../shared/adapters/lambda-call.ts');
  const call = lambdaCall(name);
  const done = await rescheduleAll({
    call: async (asked) => rescheduleReportSchema.parse(await call(asked)),
    state: await openStateFile(values.state, stateSchema),
    pace: pacer(rate, { now: () => performance.now(), pause: wait }),
    onProgress: ({ contacts }) => progress.show(() => `${contacts} contacts`),
  })(values.apply === true);
  progress.clear();
  terminal.output.write(words(done));
  return 0;
}

function readRate(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError('--rate is a number of contacts in a second, from 1 on');
  return Number(text);
}

function words({ apply, policyVersion, contacts, counts }: RescheduleState): string {
  const verb = apply ? 'got their end by' : 'would get their end by';
  return [
    `${contacts} contacts; their classes ${verb} the schedule ${policyVersion}:`,
    `  ${counts.earlier} earlier`,
    `  ${counts.later} later`,
    `  ${counts.unchanged} unchanged`,
    `  ${counts.held} on hold: the new end counts when the hold is released`,
    ...(apply ? [] : ['Nothing was changed. --apply does it.']),
    '',
  ].join('\n');
}
