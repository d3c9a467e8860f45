import type { RetentionClass, RetentionSchedule } from '../domain/retention/schedule.ts';
import type { PrivacyStrings } from '../i18n/privacy-strings.ts';
import { stringsFor } from '../i18n/strings.ts';
import type { Settings } from '../settings.ts';
import { type Fact, facts } from './facts.ts';
import { type Html, html } from './html.ts';
import { periodWords } from './period-words.ts';

/** What the notice is made of. */
export interface PrivacyFacts {
  settings: Pick<Settings, 'controller' | 'sender' | 'retention'>;
  schedule: RetentionSchedule;
  /** Language of the schedule's texts. */
  notice: { language: string };
}

/** The five points: what and why, use and time, recipients, protection, contact. Everything that the version names stands in here. */
export function privacyPoints(strings: PrivacyStrings, page: PrivacyFacts): Html {
  return html`${collected(strings, page)}
${used(strings, page)}
${shared(strings, page)}
${isProtected(strings)}
${reached(strings, page)}`;
}

function collected(strings: PrivacyStrings, page: PrivacyFacts): Html {
  const items = (['address', 'record', 'network', 'reach'] as const).map((name) => strings(`privacy.collect.${name}`));
  return html`<section>
<h2>${strings('privacy.collect.title')}</h2>
<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>
<p>${strings('privacy.collect.customers')}</p>
${facts(processings(page).map(({ data, purpose }): Fact => [written(page, data), written(page, purpose)]))}
</section>`;
}

function used(strings: PrivacyStrings, page: PrivacyFacts): Html {
  const { schedule, settings } = page;
  const period = periodWords(strings, `P${settings.retention.requestDays}D`);
  const classes = Object.values(schedule.classes).map((kept) => ({ ...kept, until: keptWords(strings, kept) }));
  const objects = Object.values(schedule.objects).map((kept) => ({
    ...kept,
    until: strings('privacy.kept.receipt', { period: periodWords(strings, `P${kept.days}D`) }),
  }));
  return html`<section>
<h2>${strings('privacy.use.title')}</h2>
<p>${strings('privacy.use.purpose')}</p>
<p>${strings('privacy.use.choice', { period })}</p>
<p>${strings('privacy.use.customers')}</p>
${facts(
  [...classes, ...objects].map(({ data, basis, until }): Fact => {
    const ground = written(page, `${basis.reason} (${basis.article})`);
    return [written(page, data), html`${until}<br><small>${ground}</small>`];
  }),
)}
</section>`;
}

function shared(strings: PrivacyStrings, { schedule }: PrivacyFacts): Html {
  const systems = [...new Set(Object.values(schedule.classes).flatMap((kept) => kept.systems))].join(', ');
  return html`<section>
<h2>${strings('privacy.share.title')}</h2>
<p>${strings('privacy.share.providers')}</p>
${systems !== '' && html`<p>${strings('privacy.share.systems', { systems })}</p>`}
<p>${strings('privacy.share.stop')}</p>
<p><a class="action" href="/">${strings('privacy.share.link')}</a></p>
</section>`;
}

function isProtected(strings: PrivacyStrings): Html {
  return html`<section>
<h2>${strings('privacy.protect.title')}</h2>
<p>${strings('privacy.protect.encryption')}</p>
<p>${strings('privacy.protect.trail')}</p>
</section>`;
}

function reached(strings: PrivacyStrings, { settings }: PrivacyFacts): Html {
  const forms = stringsFor(strings.locale);
  return html`<section>
<h2>${strings('privacy.reach.title')}</h2>
<p>${strings('privacy.reach.contact', { address: settings.sender.address })}</p>
${way('/', strings('privacy.form'))}
${way('/preferences', forms('linkForm.link'))}
<p>${strings('privacy.reach.rights')}</p>
${way('/erasures', forms('erasureForm.title'))}
${way('/complaints', forms('complaint.title'))}
${way('/agents', forms('agent.link'))}
</section>`;
}

function way(path: string, text: string): Html {
  return html`<p class="notice"><a href="${path}">${text}</a></p>`;
}

function processings({ schedule }: PrivacyFacts) {
  return [...Object.values(schedule.classes), ...Object.values(schedule.objects)];
}

/** The stage's own words, which stand in one language only. */
function written({ notice }: PrivacyFacts, text: string): Html {
  return html`<span lang="${notice.language}">${text}</span>`;
}

/** How long a class is kept, and from when on. */
function keptWords(strings: PrivacyStrings, { period, trigger, countedFrom }: RetentionClass): string {
  const kept = strings(`privacy.kept.${trigger}`, { period: periodWords(strings, period) });
  return countedFrom === 'year-end' ? strings('privacy.kept.year-end', { kept }) : kept;
}
