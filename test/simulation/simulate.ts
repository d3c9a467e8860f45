import { parseArgs } from 'node:util';
import { simulate } from './run.ts';

// `npm run simulate -- --schedules 10000 [--from 1]`: more schedules than the tests run. Ends at the first one that goes wrong, with its seed.
const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '10000' }, from: { type: 'string', default: '1' } },
});
const [from, count] = [Number(values.from), Number(values.schedules)];
const started = Date.now();
const sum = { steps: 0, records: 0, objects: 0, checkpoints: 0, givenUp: 0 };

for (let seed = from; seed < from + count; seed += 1) {
  const run = await simulate(seed);
  for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += run[name];
  if (seed % 1000 === 0) process.stdout.write(`… ${seed - from + 1} schedules\n`);
}
const seconds = ((Date.now() - started) / 1000).toFixed(1);
process.stdout.write(`${count} schedules from seed ${from}: no defect. ${JSON.stringify(sum)} in ${seconds} s\n`);
