import { describe, expect, it } from 'vitest';
import { readChange } from '../../functions/change-preferences/change-asked.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { LOCALES } from '../../shared/settings.ts';
import { fillSignalStatus } from '../../shared/views/signal-status.ts';
import { samplePages } from './sample-pages.ts';

interface Button {
  name: string | undefined;
  value: string | undefined;
  words: string;
}

function formsOf(markup: string): string[] {
  return [...markup.matchAll(/<form .*?<\/form>/gs)].map(([form]) => form);
}

function buttonsOf(markup: string): Button[] {
  return [...markup.matchAll(/<button ([^>]*)>(.*?)<\/button>/g)].map(([, attributes = '', words = '']) => ({
    name: / name="([^"]*)"/.exec(attributes)?.[1],
    value: / value="([^"]*)"/.exec(attributes)?.[1],
    words: words.replace(/<[^>]*>/g, ''),
  }));
}

describe.each(LOCALES)('the preference page in %s', (locale) => {
  const strings = stringsFor(locale);
  const pages = samplePages(locale);
  const page = (state: string) => pages[`preferences-${state}`] ?? '';
  const all = ['nothing-chosen', 'some-stopped', 'paused', 'all-stopped', 'of-a-phone'].map(page);

  it('begins with everything at once: one form with one button, which has the focus (CS-05, CC-30)', () => {
    const [first = ''] = formsOf(page('some-stopped'));
    expect(buttonsOf(first).map(({ words }) => words)).toEqual([strings('preferences.all.button')]);
    expect(first).toContain(' autofocus');
    expect(first).not.toContain('<input');
    const { value = '' } = buttonsOf(first)[0] ?? {};
    expect(readChange(new URLSearchParams({ stop: value }), [])).toEqual({
      kind: 'stop',
      scopes: DEFAULT_OPT_OUT_SCOPES,
    });
  });

  it('gives each open thing a button that says what it stops, also to those who hear it (CC-02)', () => {
    const [, single = ''] = formsOf(page('nothing-chosen'));
    const buttons = buttonsOf(single);
    expect(buttons).toHaveLength(8);
    expect(new Set(buttons.map(({ words }) => words)).size).toBe(8);
    for (const { name, words } of buttons) {
      expect(name).toBe('stop');
      expect(words).toMatch(new RegExp(`^${strings('preferences.stop.button')}: .{4}`));
    }
  });

  it('shows what is stopped as a fact and not as a switch', () => {
    const single = formsOf(page('some-stopped'))[1] ?? '';
    expect(buttonsOf(single).map(({ value }) => value)).not.toContain('sms:marketing');
    expect(single).toContain(strings('preferences.stopped'));
    expect(
      formsOf(page('all-stopped'))
        .flatMap(buttonsOf)
        .some(({ name }) => name === 'stop'),
    ).toBe(false);
  });

  it('shows a list that has ended as one that stays stopped', () => {
    expect(page('some-stopped')).toContain(strings('preferences.ended'));
    expect(page('some-stopped')).not.toContain('value="email:marketing:brunch"');
  });

  it('ticks nothing, and opens nothing that was closed (CC-15)', () => {
    const pages = all.map((markup) => fillSignalStatus(markup, false));
    for (const markup of pages) expect(markup).not.toMatch(/ checked| selected|<details open/);
  });

  it('speaks of the pause, and of the way back, only after all that stops (CC-02)', () => {
    for (const markup of all) {
      const kinds = [...markup.matchAll(/ name="(stop|pause|again)"/g)].map(([, name]) => name);
      expect(kinds).toEqual([...kinds].sort((a, b) => ORDER.indexOf(a ?? '') - ORDER.indexOf(b ?? '')));
    }
  });

  it('offers the way back only where something is stopped and a mail can go', () => {
    expect(page('nothing-chosen')).not.toContain('name="again"');
    expect(page('of-a-phone')).not.toContain('name="again"');
    expect(page('some-stopped').match(/name="again" value="[^"]*"/g)).toEqual([
      'name="again" value="sms:marketing"',
      'name="again" value="any:sale-share"',
    ]);
  });

  it('posts to its own address, whatever button is pressed', () => {
    for (const markup of all)
      for (const form of formsOf(markup)) expect(form).toMatch(/^<form method="post"(?: class="\w+")?>/);
  });
});

const ORDER = ['stop', 'pause', 'again'];
