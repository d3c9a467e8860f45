import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';
import type { Verdict } from './verify-ledger.ts';

/** Where the keys came from: half of what a verdict is worth. */
export interface Trust {
  origin: 'given' | 'found-in-ledger';
  keys: readonly NoteKey[];
}

const HEADLINE = {
  sound: () => 'SOUND. No defect was found.',
  defect: ({ defects }: Verdict) => `NOT SOUND. ${defects === 1 ? '1 defect was' : `${defects} defects were`} found.`,
  'nothing-there': () => 'NO VERDICT. There is neither an object nor a checkpoint.',
} as const;

const WARNING = `The public key was not given by hand: it was found in the ledger itself. Whoever could rewrite the whole ledger could
have put it there. Compare it with the published one, and give that with --public-key.`;

/** The verdict with its numbers, in plain words. */
export function verdictWords(verdict: Verdict, { origin, keys }: Trust): string {
  const rows = [
    ['objects', String(verdict.objects)],
    ['records', String(verdict.records)],
    ['tree size', `${verdict.size}  root ${verdict.root}`],
    ['checkpoints', String(verdict.checkpoints)],
    ['last sealed', sealedWords(verdict)],
    ['not yet sealed', `${verdict.unsealedRecords} records`],
    ...keys.map(({ vkey }) => ['public key', `${origin === 'given' ? 'given' : 'found in the ledger'}: ${vkey}`]),
  ];
  const table = rows.map(([name = '', value]) => `  ${name.padEnd(15)} ${value}`).join('\n');
  const warning = origin === 'given' ? '' : `\n${WARNING}\n`;
  return `${HEADLINE[verdict.outcome](verdict)}\n\n${table}\n${warning}`;
}

function sealedWords({ lastSealedAt, sealedSize }: Verdict): string {
  return lastSealedAt === undefined ? 'never, as far as can be seen' : `${lastSealedAt}  at tree size ${sealedSize}`;
}

/** The same for machines; whoever prints it adds the defects themselves. */
export function verdictJson({ outcome, defects: _, ...numbers }: Verdict, { origin, keys }: Trust): object {
  return { verdict: outcome, ...numbers, publicKeys: { origin, keys: keys.map(({ vkey }) => vkey) } };
}
