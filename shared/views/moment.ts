import type { Strings } from '../i18n/strings.ts';
import { type Html, html } from './html.ts';

/** Strings of whatever file. */
type Spoken = Pick<Strings, 'locale'>;

/** "23 November 2026 at 07:15 UTC", in words of the language. Receipts name the zone, as readers are everywhere. */
export function describeMoment(strings: Spoken, moment: Date): string {
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

export function momentElement(strings: Spoken, moment: Date): Html {
  return html`<time datetime="${moment.toISOString()}">${describeMoment(strings, moment)}</time>`;
}

/** "23 November 2026", by UTC. */
export function describeDay(strings: Spoken, moment: Date): string {
  return new Intl.DateTimeFormat(tag(strings), { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}

function tag({ locale }: Spoken): string {
  return locale === 'en' ? 'en-GB' : locale;
}

/** A calendar day, as ISO 8601. */
export function dayElement(strings: Spoken, isoDate: string): Html {
  return html`<time datetime="${isoDate}">${describeDay(strings, new Date(isoDate))}</time>`;
}
