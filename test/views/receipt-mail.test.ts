import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { LOCALES } from '../../shared/settings.ts';
import { PROMOTION } from './copy-lint.ts';
import { FRIENDLY, LINKS, sampleMail } from './sample-pages.ts';
import { mailErrors } from './validate.ts';

const NUMBER = 'req_01KAR3Z1V6Y0T8N4C2WJ5H7QDE';

describe.each(LOCALES)('receipt mail in %s', (locale) => {
  const strings = stringsFor(locale);
  const mail = sampleMail(locale);
  const bodies = [mail.text, mail.html.replaceAll('&amp;', '&').replaceAll('&#39;', "'")];

  it('tells what, when, number and all three links', () => {
    for (const body of bodies) {
      expect(body).toContain(strings('scope.any.marketing'));
      expect(body).toContain('2026');
      expect(body).toMatch(/07[.:]15/);
      expect(body).toContain(NUMBER);
      for (const link of [LINKS.receipt, LINKS.confirm, LINKS.undo]) expect(body).toContain(link);
    }
  });

  it("carries the controller's name and postal address (CS-06)", () => {
    for (const body of bodies) {
      for (const line of [FRIENDLY.controller, ...FRIENDLY.postalAddress]) expect(body).toContain(line);
    }
  });

  it('fetches nothing, tracks nothing and links nowhere else (CS-07)', () => {
    const known = Object.values(LINKS).sort((a, b) => b.length - a.length);
    for (const body of bodies) {
      const rest = known.reduce((text, link) => text.replaceAll(link, ''), body);
      expect(rest).not.toMatch(
        /https?:|<img|<script|<link|<iframe|<object|url\(|@import|@font-face|background=|\ssrc=|utm_/i,
      );
    }
  });

  it('promotes nothing (CS-07)', () => {
    for (const body of [mail.subject, ...bodies]) expect(body.replaceAll(FRIENDLY.list, '')).not.toMatch(PROMOTION);
  });

  it('has a subject in one line that says nothing about the person', () => {
    expect(mail.subject).toBe(strings('mail.subject'));
    expect(mail.subject).not.toMatch(/[\r\n@{}]/);
    expect(mail.subject.length).toBeLessThan(60);
  });

  it('is valid and small, and fills every placeholder', () => {
    expect(mailErrors(mail.html)).toEqual([]);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(20_000);
    for (const body of [mail.text, mail.html.replace(/<style>.*<\/style>/s, '')]) {
      expect(body).not.toMatch(/[{}]|undefined|\[object/);
    }
  });

  it('reads well as text: no markup, each link on a line of its own', () => {
    expect(mail.text).not.toMatch(/<|&(?:amp|lt|quot|#39);/);
    expect(mail.text.split('\n')).toEqual(expect.arrayContaining([LINKS.receipt, LINKS.confirm, LINKS.undo]));
  });

  it('shows hostile names as text only', () => {
    const hostile = '"><script>x</script><img src=x>';
    const { html, subject } = sampleMail(locale, {
      ...FRIENDLY,
      brand: hostile,
      controller: hostile,
      postalAddress: [hostile],
    });
    expect(html).not.toMatch(/<script|<img/);
    expect(mailErrors(html)).toEqual([]);
    expect(subject).toBe(strings('mail.subject'));
  });
});

describe('receipt mail without a brand', () => {
  it('names the controller instead', () => {
    const { text } = sampleMail('en', { ...FRIENDLY, brand: FRIENDLY.controller });
    expect(text).toContain('entered at Meadow & Pine Trading Ltd');
  });
});
