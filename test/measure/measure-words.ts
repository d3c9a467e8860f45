import { parseArgs } from 'node:util';
import { INTENTS } from '../../shared/domain/inbound/languages.ts';
import { type Judged, judge, type Part, precision, recall, samplesOf } from '../domain/inbound/samples.ts';

// `npm run measure:words`: how well mails are understood. `--show tuned` prints what went wrong; of the held-out part nobody should look.
const { values } = parseArgs({ options: { show: { type: 'string' } } });
const PARTS: readonly Part[] = ['letters', 'tuned', 'heldOut'];
const print = (line: string) => process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(share * 100).toFixed(0)} %`.padStart(6);

function row(name: string, judged: readonly Judged[]): string {
  const cells = INTENTS.map((intent) => `${percent(precision(judged, intent))} /${percent(recall(judged, intent))}`);
  const quiet = judged.filter(({ asks }) => asks.length === 0);
  const left = quiet.filter(({ found }) => found.length === 0).length;
  const sure = judged.filter(({ isSure }) => isSure).length;
  return `${name.padEnd(10)}${cells.join('  ')}   ${left}/${quiet.length} left alone, ${sure}/${judged.length} sure`;
}

for (const part of PARTS) {
  const judged = samplesOf(part).map(judge);
  print(`\n${part}: ${judged.length} texts, precision / recall`);
  print(`${' '.repeat(10)}${INTENTS.map((intent) => intent.padStart(14)).join('  ')}`);
  for (const language of new Set(judged.map((one) => one.language)))
    print(
      row(
        language,
        judged.filter((one) => one.language === language),
      ),
    );
  print(row('all', judged));
  if (values.show !== part) continue;
  for (const { language, subject, body, found, asks } of judged.filter(
    ({ missed, wrong }) => missed.length + wrong.length > 0,
  ))
    print(`  ${language} asks [${asks}] found [${found}]: ${subject} | ${body.slice(0, 160).replaceAll('\n', ' ')}`);
}
