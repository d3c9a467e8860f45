import type { ProcessingActivity, ProcessingRecord, TimeLimit } from '../domain/retention/ropa.ts';
import { type RopaStrings, ropaStringsFor } from '../i18n/ropa-strings.ts';
import { type Fact, facts, verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { periodWords } from './period-words.ts';

export interface RopaPage extends PageFrame {
  record: ProcessingRecord;
  /** BCP 47 tag of the language in which the schedule is written: its texts stay as they are. */
  writtenIn: string;
}

/** The record of processing activities, to be read and printed (GD-08). */
export function ropaPage(page: RopaPage): string {
  const { record } = page;
  const strings = ropaStringsFor(page.strings.locale);
  const title = strings('ropa.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p>${strings('ropa.source', { version: record.version })}</p>
${facts(general(page))}
${record.activities.map((activity) => activitySection(page, activity))}`,
  });
}

function general(page: RopaPage): Fact[] {
  const { record } = page;
  const strings = ropaStringsFor(page.strings.locale);
  return [
    [strings('ropa.contact'), verbatim(record.controller.contact)],
    [strings('ropa.representative'), optional(page, record.representative)],
    [strings('ropa.officer'), optional(page, record.dataProtectionOfficer)],
    [strings('ropa.transfers'), list(page, record.transfers)],
    [strings('ropa.security'), list(page, record.security)],
  ];
}

function activitySection(page: RopaPage, activity: ProcessingActivity): Html {
  const strings = ropaStringsFor(page.strings.locale);
  const { name, purpose, basis, subjects, data, recipients, timeLimit, method } = activity;
  const duty = basis.isStatutoryDuty ? html`<br>${strings('ropa.duty')}` : '';
  return html`<h2>${verbatim(name)}</h2>
${facts([
  [strings('ropa.purpose'), written(page, purpose)],
  [strings('ropa.basis'), html`${written(page, `${basis.article}: ${basis.reason}`)}${duty}`],
  [strings('ropa.subjects'), written(page, subjects)],
  [strings('ropa.data'), written(page, data)],
  [strings('ropa.recipients'), list(page, recipients)],
  [strings('ropa.limit'), limitWords(strings, timeLimit)],
  [strings('ropa.method'), strings(`ropa.method.${method}`)],
])}`;
}

function written({ writtenIn }: RopaPage, text: string): Html {
  return html`<span lang="${writtenIn}">${text}</span>`;
}

function optional(page: RopaPage, text: string | null): string | Html {
  return text === null ? ropaStringsFor(page.strings.locale)('ropa.none') : written(page, text);
}

function list(page: RopaPage, texts: readonly string[]): string | Html {
  if (texts.length === 0) return ropaStringsFor(page.strings.locale)('ropa.none');
  return html`<ul lang="${page.writtenIn}">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

function limitWords(strings: RopaStrings, { period, from, countedFrom }: TimeLimit): string {
  const values = { period: periodWords(strings, period) };
  if (countedFrom === 'year-end' && from !== 'creation') return strings(`ropa.year-end.${from}`, values);
  return strings(`ropa.from.${from}`, values);
}
