import type { Bundle } from './bundle.ts';
import { median, type Sample } from './measure.ts';

/** Functions on the way of a person or of a sender's every mail, with the bytes that the size test lets them have. */
export const HOT_BYTES: Readonly<Record<string, number>> = {
  'check-suppression': 400_000,
  // Has the most to do: both kinds of address, both kinds of body, pages. See docs/performance.md.
  'submit-opt-out': 400_000,
  unsubscribe: 400_000,
};
/** Aims, not tests: a shared machine proves no time. */
const HOT_AIMS = { kilobytes: 400, firstAnswer: 3.5 };

/** All that was measured of one function. */
export interface Row {
  name: string;
  bytes: number;
  samples: readonly Sample[];
}

/** One line per function; times as multiples of the bare handler's. */
export function table(bare: Row, rows: readonly Row[]): string {
  const lines = rows.map(({ name, bytes, samples }) => [
    name,
    (bytes / 1000).toFixed(1),
    middle(samples, 'importMs').toFixed(0),
    ratio('firstMs', samples, bare).toFixed(2),
    ratio('cpuMs', samples, bare).toFixed(2),
    warm(samples),
  ]);
  const [wall, cpu] = [middle(bare.samples, 'firstMs'), middle(bare.samples, 'cpuMs')].map((ms) => ms.toFixed(1));
  return [
    `1 × = a fresh process whose handler only returns: ${wall} ms, ${cpu} ms CPU (median of ${bare.samples.length})`,
    '',
    ...align([['function', 'kB', 'import ms', 'first answer ×', 'CPU ×', 'warm µs CPU'], ...lines]),
  ].join('\n');
}

type Measure = 'firstMs' | 'importMs' | 'cpuMs';

function middle(samples: readonly Sample[], measure: Measure): number {
  return median(samples.map((sample) => sample[measure]));
}

function ratio(measure: Measure, samples: readonly Sample[], bare: Row): number {
  return middle(samples, measure) / middle(bare.samples, measure);
}

function warm(samples: readonly Sample[]): string {
  const measured = samples.flatMap(({ warmMicros }) => warmMicros ?? []);
  return measured.length === 0 ? '-' : median(measured).toFixed(0);
}

/** What we want of the hot functions, and whether this run shows it. */
export function aims(bare: Row, rows: readonly Row[]): string {
  const { kilobytes, firstAnswer } = HOT_AIMS;
  return rows
    .filter(({ name }) => name in HOT_BYTES)
    .flatMap(({ name, bytes, samples }) => [
      verdict(`${name}: at most ${kilobytes} kB`, bytes / 1000, kilobytes),
      verdict(`${name}: first answer within ${firstAnswer} ×`, ratio('firstMs', samples, bare), firstAnswer),
    ])
    .join('\n');
}

function verdict(aim: string, measured: number, most: number): string {
  return `${measured <= most ? 'met    ' : 'NOT MET'}  ${aim} (${measured.toFixed(2)})`;
}

/** Where a bundle's bytes come from: packages and our own folders, the heaviest first. */
export function why({ capability, bytes, inputs }: Bundle): string {
  const byPackage = new Map<string, number>();
  for (const [path, size] of inputs) byPackage.set(origin(path), (byPackage.get(origin(path)) ?? 0) + size);
  const heaviest = [...byPackage].sort(([, a], [, b]) => b - a).slice(0, 25);
  const lines = heaviest.map(([name, size]) => [name, size.toLocaleString('en'), share(size, bytes)]);
  return [`${capability}: ${bytes.toLocaleString('en')} bytes`, ...align([['from', 'bytes', 'share'], ...lines])].join(
    '\n',
  );
}

function origin(path: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.split('/').slice(0, 2).join('/');
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function align(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
