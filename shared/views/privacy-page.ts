import type { Edition, Notice } from '../domain/notice.ts';
import type { RetentionSchedule } from '../domain/retention/schedule.ts';
import { noticeVersion } from '../i18n/notice-version.ts';
import { type PrivacyStrings, privacyStringsFor } from '../i18n/privacy-strings.ts';
import { facts, verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { dayElement, describeDay } from './moment.ts';
import { type PrivacyFacts, privacyPoints } from './privacy-points.ts';

export interface PrivacyPage extends PageFrame, PrivacyFacts {
  notice: Notice;
  schedule: RetentionSchedule;
}

/** The privacy notice: five points, made of what the stage is really set to, and what has changed (CC-28). */
export function privacyPage(page: PrivacyPage): string {
  const { notice } = page;
  const strings = privacyStringsFor(page.strings.locale);
  const title = strings('privacy.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('privacy.lead')}</p>
${facts([
  [strings('privacy.effective'), dayElement(strings, notice.current.effectiveFrom)],
  [strings('privacy.reviewed'), dayElement(strings, notice.lastReviewedAt)],
  [strings('privacy.version'), verbatim(noticeVersion(page))],
])}
${privacyPoints(strings, page)}
${changes(page)}`,
  });
}

function changes(page: PrivacyPage): Html {
  const { notice } = page;
  const strings = privacyStringsFor(page.strings.locale);
  const editions = [{ ...notice.current, version: noticeVersion(page) }, ...notice.earlier];
  return html`<section>
<h2>${strings('privacy.changes.title')}</h2>
${editions.map((edition) => editionWords(strings, edition, notice.language))}</section>`;
}

function editionWords(
  strings: PrivacyStrings,
  { version, ...edition }: Edition & { version: string },
  language: string,
): Html {
  const words = strings('privacy.changes.since', {
    date: describeDay(strings, new Date(edition.effectiveFrom)),
    version,
  });
  return html`<h3>${words}</h3>
${difference(strings, edition, language)}
`;
}

function difference(strings: PrivacyStrings, { added, removed }: Edition, language: string): Html {
  if (added.length + removed.length === 0) return html`<p>${strings('privacy.changes.first')}</p>`;
  return html`<ul lang="${language}">${removed.map((text) => html`<li><del>${text}</del></li>`)}${added.map((text) => html`<li><ins>${text}</ins></li>`)}</ul>`;
}
