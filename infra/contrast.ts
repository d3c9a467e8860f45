import { wcagContrast } from 'culori';
import { palette, type Scheme } from '../shared/palette.ts';
import type { Look } from '../shared/settings.ts';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for what must be told apart (edges of buttons, focus). */
const TEXT = 4.5;
const SHAPE = 3;

/** What stands on what. */
const PAIRS = [
  ['accent', 'sheet', TEXT],
  ['accent', 'ground', TEXT],
  ['accent', 'tint', TEXT],
  ['accentDeep', 'sheet', TEXT],
  ['onAccent', 'accent', TEXT],
  ['onAccent', 'accentDeep', TEXT],
  ['ink', 'tint', TEXT],
  ['accent', 'sheet', SHAPE],
  ['accent', 'ground', SHAPE],
] as const satisfies readonly (readonly [keyof Scheme, keyof Scheme, number])[];

/** Why a look would be hard to read, in light and in dark, one sentence each with what was measured. */
export function contrastProblems(look: Look): string[] {
  const { light, dark } = palette(look);
  return [...problemsOf('light', light), ...problemsOf('dark', dark)];
}

function problemsOf(name: string, scheme: Scheme): string[] {
  return PAIRS.flatMap(([front, ground, least]) => {
    const measured = wcagContrast(scheme[front], scheme[ground]);
    if (measured >= least) return [];
    const pair = `${front} ${scheme[front]} on ${ground} ${scheme[ground]}`;
    return [`In the ${name} scheme ${pair} has a contrast of ${measured.toFixed(2)}:1; WCAG 2.2 asks for ${least}:1`];
  });
}
