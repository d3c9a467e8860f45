import { partsOfPeriod } from '../domain/retention/period.ts';
import type { Locale } from '../settings.ts';

/** `P1Y6M` in words of the language: 1 year, 6 months. */
export function periodWords({ locale }: { locale: Locale }, period: string): string {
  const parts = partsOfPeriod(period).map(({ unit, amount }) =>
    // Units of Intl are in the singular.
    new Intl.NumberFormat(locale, { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' }).format(amount),
  );
  return new Intl.ListFormat(locale, { type: 'unit' }).format(parts);
}
