import Negotiator from 'negotiator';
import type { Locale } from '../settings.ts';

/**
 * The language to answer in: the person's explicit choice, else the best of what the browser asks for, else the first
 * one on offer. Anything unreadable counts as absent: a broken header may cost the language, never the opt-out.
 */
export function chooseLocale(
  explicit: string | undefined,
  acceptLanguage: string | undefined,
  offered: readonly Locale[],
): Locale {
  return find(offered, explicit) ?? find(offered, preferred(acceptLanguage, offered)) ?? offered[0] ?? 'en';
}

function find(offered: readonly Locale[], wanted: string | undefined): Locale | undefined {
  return offered.find((locale) => locale === wanted?.toLowerCase());
}

function preferred(acceptLanguage: string | undefined, offered: readonly Locale[]): string | undefined {
  if (acceptLanguage === undefined) return undefined;
  return new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages(offered)[0];
}
