import type { Locale } from '../../shared/settings.ts';
import { sampleLinkMails, sampleMail, samplePages } from './sample-pages.ts';

/** Everything that a browser or a mail program may show, by name: every page in every state, and the mails as `mail-…`. */
export function shown(locale: Locale): [name: string, markup: string][] {
  const mails = { receipt: sampleMail(locale), ...sampleLinkMails(locale) };
  return [
    ...Object.entries(samplePages(locale)),
    ...Object.entries(mails).map(([name, { html }]): [string, string] => [`mail-${name}`, html]),
  ];
}
