import { stringsFor } from '../../i18n/strings.ts';
import { LOCALES } from '../../settings.ts';
import { type BodyLink, readHtml, readText, type ShownBody } from './body-links.ts';
import type { FindingCode } from './findings.ts';
import type { Mail } from './mail.ts';

export interface BodyRules {
  /** The https URI of List-Unsubscribe. */
  headerUrl: string | undefined;
  /** Host of links that unsubscribe; absent: that of the header. */
  linkHost: string | undefined;
  /** Lines that each part of the body must hold; absent: something that looks like an address. */
  postalAddress: readonly string[] | undefined;
}

/** Gmail shows no more of a body; the rest is behind a link that few press. */
const GMAIL_BYTES = 102 * 1024;

/** The visible link (PE-01, MB-02, CS-05) and the postal address (CS-06), in each part that a reader may see. */
export function checkBody({ text, html }: Pick<Mail, 'text' | 'html'>, rules: BodyRules): FindingCode[] {
  // A mail without any body has an empty text.
  const shownText = html === undefined || text !== undefined ? [readText(text ?? '')] : [];
  const shownHtml = html === undefined ? [] : [readHtml(html)];
  return [
    ...shownText.flatMap(({ links }) => checkLinks(links, rules, 'text-link-missing')),
    ...shownHtml.flatMap(({ links }) => checkLinks(links, rules, 'html-link-missing')),
    ...checkAddress([...shownText, ...shownHtml], rules),
    ...(Buffer.byteLength(html ?? text ?? '') > GMAIL_BYTES ? (['clipped'] as const) : []),
  ];
}

function checkLinks(links: readonly BodyLink[], rules: BodyRules, missing: FindingCode): FindingCode[] {
  const wanted = links.filter((link) => /^https?:/i.test(link.href) && isToUnsubscribe(link, rules));
  if (wanted.length === 0) return [missing];
  const visible = wanted.filter(({ isHidden }) => !isHidden);
  if (visible.length === 0) return ['link-hidden'];
  const host = hostOf(rules);
  return host === undefined || visible.some(({ href }) => hostIn(href) === host) ? [] : ['link-redirected'];
}

// Heed's own words in every language that it has, and those of the languages that mails are written in most.
const OWN_WORDS = LOCALES.map((locale) => stringsFor(locale)('footer.unsubscribe').toLowerCase());
const WORDS =
  /unsubscrib|opt[- ]?out|abmeld|abbestell|austrag|d[ée]sabonn|d[ée]sinscri|(?:cancelar|anular) (?:la |mi )?suscripci|darse de baja|disiscri|afmeld|uitschrijv|avregistrer|avprenumerer|wypisz|cancelar (?:a )?(?:inscri|subscri)/i;

function isToUnsubscribe({ href, label }: BodyLink, { headerUrl, ...rules }: BodyRules): boolean {
  if (href === headerUrl || WORDS.test(label) || WORDS.test(href)) return true;
  if (OWN_WORDS.some((words) => label.toLowerCase().includes(words))) return true;
  return hostIn(href) === hostOf({ headerUrl, ...rules }) && /\/[up]\/./.test(href);
}

function hostOf({ linkHost, headerUrl }: BodyRules): string | undefined {
  return linkHost ?? (headerUrl === undefined ? undefined : hostIn(headerUrl));
}

function hostIn(href: string): string | undefined {
  return URL.canParse(href) ? new URL(href).host : undefined;
}

// Postcodes of five digits, of Britain and of the Netherlands; boxes; a street with its number. More than it says is no fault here.
const LOOKS_LIKE_ADDRESS =
  /\b\d{5}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}-\d{4}\b|P\.? ?O\.? ?Box|Postfach|\b\d{1,5} (?:\p{L}+ ){1,3}(?:St|Street|Road|Rd|Avenue|Ave|Lane)\b/u;

function checkAddress(parts: readonly ShownBody[], { postalAddress }: BodyRules): FindingCode[] {
  if (postalAddress === undefined) {
    return parts.some(({ words }) => LOOKS_LIKE_ADDRESS.test(words)) ? [] : ['postal-address-unseen'];
  }
  const isWhole = ({ words }: ShownBody) => postalAddress.every((line) => plain(words).includes(plain(line)));
  return parts.every(isWhole) ? [] : ['postal-address-missing'];
}

function plain(words: string): string {
  return words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
