import type { Strings } from '../i18n/strings.ts';
import { type Html, html } from './html.ts';

/** "23 November 2026 at 07:15 UTC", in words of the language. Receipts name the zone, as readers are everywhere. */
export function describeMoment(strings: Strings, moment: Date): string {
  return new Intl.DateTimeFormat(tag(strings), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(moment);
}

export function momentElement(strings: Strings, moment: Date): Html {
  return html`<time datetime="${moment.toISOString()}">${describeMoment(strings, moment)}</time>`;
}

/** "23 November 2026", by UTC. */
export function describeDay(strings: Strings, moment: Date): string {
  return new Intl.DateTimeFormat(tag(strings), { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}

function tag({ locale }: Strings): string {
  return locale === 'en' ? 'en-GB' : locale;
}
