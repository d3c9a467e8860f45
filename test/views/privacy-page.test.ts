import { describe, expect, it } from 'vitest';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { noticeVersion } from '../../shared/i18n/notice-version.ts';
import { privacyStringsFor } from '../../shared/i18n/privacy-strings.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { LOCALES } from '../../shared/settings.ts';
import { privacyPage } from '../../shared/views/privacy-page.ts';
import { testSettings } from '../support/settings.ts';

const edition = { effectiveFrom: '2026-11-26', added: ['Calls are kept'], removed: ['Calls are deleted'] };
const first = { effectiveFrom: '2026-01-01', added: [], removed: [], version: '0123456789ab' };
const notice = { language: 'en', lastReviewedAt: '2026-12-01', current: edition, earlier: [first] };
const facts = { settings: testSettings, schedule: DEFAULT_SCHEDULE, notice };

function show(locale: (typeof LOCALES)[number] = 'en') {
  const { controller } = testSettings;
  return privacyPage({ ...facts, strings: stringsFor(locale), controller, brand: { name: 'Example Shop' } });
}

describe.each(LOCALES)('the privacy notice in %s', (locale) => {
  const page = show(locale);

  it('has five points', () => {
    expect([...page.matchAll(/<h2>(\d)\. /g)].map(([, number]) => number)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('tells of every class of data why it is kept', () => {
    for (const { data, purpose, basis } of Object.values({ ...DEFAULT_SCHEDULE.classes, ...DEFAULT_SCHEDULE.objects }))
      for (const text of [data, purpose, basis.article]) expect(page).toContain(text);
  });

  it('speaks the language, and leaves nothing unfilled', () => {
    const [own, english] = [privacyStringsFor(locale)('privacy.lead'), privacyStringsFor('en')('privacy.lead')];
    expect(page).toContain(own);
    if (locale !== 'en') expect(page).not.toContain(english);
    expect(page).not.toMatch(/\{\w+\}/);
  });

  it('leads from its fifth point to the forms by which a choice is changed and a right is used', () => {
    const fifth = page.slice(page.indexOf('<h2>5. '));
    const ways = [...fifth.matchAll(/<p class="notice"><a href="([^"]+)">([^<]+)</g)].map(([, ...way]) => way);
    const strings = stringsFor(locale);
    expect(ways.slice(0, 4)).toEqual([
      ['/', privacyStringsFor(locale)('privacy.form')],
      ['/preferences', strings('linkForm.link')],
      ['/erasures', strings('erasureForm.title')],
      ['/complaints', strings('complaint.title')],
    ]);
  });

  it('has one version in all languages', () => {
    expect(page).toContain(noticeVersion(facts));
  });
});

describe('the privacy notice', () => {
  it.each([
    ['en', '8 years after the contract ends, counted from the end of that year'],
    ['de', '30 Tage nach der Kündigung'],
    ['fr', '8 ans après la fin du contrat, à compter de la fin de cette année-là'],
    ['es', '8 años después del fin del contrato, a contar desde el final de ese año'],
    ['it', '8 anni dopo la fine del contratto, a decorrere dalla fine di quell’anno'],
    ['nl', '8 jaar na het einde van de overeenkomst, te rekenen vanaf het einde van dat jaar'],
    ['pl', '8 lat po zakończeniu umowy, licząc od końca danego roku'],
    ['pt', '8 anos após o fim do contrato, a contar do fim desse ano'],
    ['sv', '8 år efter avtalets slut, räknat från slutet av det året'],
    ['da', '8 år efter kontraktens ophør, regnet fra udgangen af det år'],
    ['cs', '8 let po skončení smlouvy, počítáno od konce daného roku'],
    ['ja', '契約終了後 8 年（その年の末日から起算）'],
  ] as const)('says in %s how long in words: %s', (locale, words) => {
    expect(show(locale).replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(words);
  });

  it('shows when it was last updated and reviewed (CC-28)', () => {
    expect(show()).toMatch(/last updated<\/dt><dd><time datetime="2026-11-26">26 November 2026/);
    expect(show()).toContain('<time datetime="2026-12-01">1 December 2026');
  });

  it('lists its versions and what changed', () => {
    expect(show()).toContain('<li><del>Calls are deleted</del></li><li><ins>Calls are kept</ins></li>');
    expect(show()).toContain('Since 1 January 2026, version 0123456789ab');
  });

  it('leads to the form by the words of the law (CC-18), and names the address to write to', () => {
    expect(show()).toContain('<a class="action" href="/">Do Not Sell or Share My Personal Information</a>');
    expect(show()).toContain('privacy@shop.example.org');
  });

  it('gets another version when what it says changes, and none when only its review does', () => {
    const other = { ...facts, schedule: { ...DEFAULT_SCHEDULE, classes: {} } };
    const moved = { ...facts, settings: { ...testSettings, controller: { ...testSettings.controller, name: 'B' } } };
    const reviewed = { ...facts, notice: { ...notice, lastReviewedAt: '2027-01-01' } };
    expect(new Set([facts, other, moved].map(noticeVersion)).size).toBe(3);
    expect(noticeVersion(reviewed)).toBe(noticeVersion(facts));
  });
});
