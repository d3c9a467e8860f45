import type { ErasureOutcome } from '../domain/contact/contact-erasure.ts';
import type { RetentionSchedule } from '../domain/retention/schedule.ts';
import type { Strings } from '../i18n/strings.ts';
import { facts } from './facts.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeDay, momentElement } from './moment.ts';
import { outcome } from './outcome.ts';

/** What the mailed link shows: what the button does, and one button. Looking changes nothing (EM-05). */
export function erasurePage(page: PageFrame & { receivedAt: Date }): string {
  const { strings, receivedAt } = page;
  const title = strings('erasure.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('erasure.intro')}</p>
<p>${strings('erasure.kept')}</p>
${facts([[strings('erasure.receivedAt'), momentElement(strings, receivedAt)]])}
<form method="post"><button type="submit">${strings('erasure.button')}</button></form>`,
  });
}

export interface ErasedPage extends PageFrame {
  outcomes: readonly ErasureOutcome[];
  schedule: RetentionSchedule;
}

/** Tells in plain words what was erased, and what is kept, why and until when (GD-05). */
export function erasedPage(page: ErasedPage): string {
  const { strings, outcomes } = page;
  const title = strings('erased.title');
  const gone = outcomes.filter((one) => one.outcome === 'erased');
  const kept = outcomes.filter((one) => one.outcome !== 'erased');
  return layout(page, {
    title,
    main: html`${outcome(title)}
<p class="lead">${strings(lead(gone.length, kept.length))}</p>
${
  gone.length > 0 &&
  html`<h2>${strings('erased.gone')}</h2>
<ul>${gone.map((one) => html`<li>${wordsOf(page, one)}</li>`)}</ul>`
}
${
  kept.length > 0 &&
  html`<h2>${strings('erased.kept')}</h2>
${facts(kept.map((one) => [wordsOf(page, one), reasonOf(page, one)]))}`
}
<p>${strings('erased.suppression')}</p>`,
  });
}

function lead(gone: number, kept: number) {
  if (gone + kept === 0) return 'erased.nothing';
  return kept === 0 ? 'erased.all' : 'erased.some';
}

/** The schedule's own words; the name of a class that it does not know any more. */
function wordsOf({ schedule }: ErasedPage, { class: name }: ErasureOutcome): string {
  return schedule.classes[name]?.data ?? name;
}

function reasonOf({ strings, schedule }: ErasedPage, kept: ErasureOutcome): Html {
  if (kept.outcome === 'kept-by-hold') return html`${strings('erased.hold')}`;
  const basis = schedule.classes[kept.class]?.basis;
  const until = kept.outcome === 'kept-by-law' ? kept.until : undefined;
  return html`${basis && `${basis.reason} (${basis.article}).`} ${untilWords(strings, until)}`;
}

function untilWords(strings: Strings, until: Date | undefined): string {
  if (until === undefined) return strings('erased.while-customer');
  return strings('erased.until', { date: describeDay(strings, until) });
}
