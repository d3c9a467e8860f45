import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { LOCALES } from '../../shared/settings.ts';
import { PROMOTION } from './copy-lint.ts';
import { FRIENDLY, LINKS, sampleLinkMails } from './sample-pages.ts';
import { mailErrors } from './validate.ts';

const mails = LOCALES.flatMap((locale) =>
  Object.entries(sampleLinkMails(locale)).map(([name, mail]) => ({ name, locale, mail })),
);

describe.each(mails)('the mail $name in $locale', ({ name, locale, mail }) => {
  const urls =
    {
      'opt-in': [LINKS.confirm],
      preferences: [LINKS.preferences],
      erasure: [LINKS.erasure],
      'burst-undone': [LINKS.unsubscribe, LINKS.unsubscribe],
    }[name] ?? [];

  it('carries its links, if any, and who is responsible (CS-06)', () => {
    expect(mail.text.match(/https?:\S+/g) ?? []).toEqual(urls);
    for (const url of urls) expect(mail.html).toContain(`href="${url}"`);
    for (const line of [FRIENDLY.controller, ...FRIENDLY.postalAddress]) expect(mail.text).toContain(line);
  });

  it('promotes nothing (CS-07, CC-16)', () => expect(mail.text).not.toMatch(PROMOTION));

  it('fills every placeholder and is valid markup', () => {
    expect(mail.text + mail.subject).not.toMatch(/[{}]|undefined/);
    expect(mailErrors(mail.html)).toEqual([]);
  });

  it('tells what would be allowed exactly when that is what it is about', () => {
    expect(mail.text.includes(stringsFor(locale)('scope.any.marketing'))).toBe(
      ['opt-in', 'burst-undone'].includes(name),
    );
  });
});
