/** Where a tool says what it does. The default of every function here is silence, so that tests stay readable. */
export type Report = (line: string) => void;

export const silent: Report = () => undefined;

/** Prints each line with the seconds since `startedAt`. */
export function timedReport(startedAt: number = performance.now()): Report {
  return (line) => process.stdout.write(`${secondsSince(startedAt).padStart(5)} s  ${line}\n`);
}

export function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}
