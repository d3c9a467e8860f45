import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { LOCALES } from '../../shared/settings.ts';
import { type FormPage, formPage } from '../../shared/views/form-page.ts';
import { FRIENDLY } from './sample-pages.ts';

const page: FormPage = {
  strings: stringsFor('en'),
  brand: { name: FRIENDLY.brand },
  controller: { name: FRIENDLY.controller, postalAddress: FRIENDLY.postalAddress },
  locales: LOCALES,
};

function inputs(markup: string): string[] {
  return [...markup.matchAll(/<input[^>]*>/g)].map(([tag]) => tag);
}

describe('form page', () => {
  it('asks for one thing only (CS-01)', () => {
    const required = inputs(formPage(page)).filter((tag) => tag.includes(' required'));
    expect(required).toHaveLength(1);
    expect(required[0]).toContain('name="address"');
  });

  it('offers everything first and has it chosen (CS-05)', () => {
    const choices = inputs(formPage(page)).filter((tag) => tag.includes('name="scopes"'));
    expect(choices).toHaveLength(5);
    expect(choices[0]).toContain('value="" checked');
    expect(choices.filter((tag) => tag.includes('checked'))).toHaveLength(1);
  });

  it('takes every spelling of an address, so leaves its check to us', () => {
    const address = inputs(formPage(page)).find((tag) => tag.includes('name="address"'));
    expect(address).toContain('type="text"');
    expect(address).not.toMatch(/pattern|maxlength/);
    expect(formPage(page)).toContain('novalidate');
  });

  it('hides the trap from people and from screen readers', () => {
    const markup = formPage(page);
    expect(markup).toContain('<div class="trap" aria-hidden="true">');
    expect(inputs(markup).find((tag) => tag.includes(`name="${HONEYPOT_FIELD}"`))).toContain('tabindex="-1"');
  });

  it('carries site and language along', () => {
    const markup = formPage({ ...page, site: 'shop' });
    expect(markup).toContain('<input type="hidden" name="site" value="shop">');
    expect(markup).toContain('<input type="hidden" name="locale" value="en">');
    expect(markup).toContain('href="./?site=shop&amp;lang=de"');
  });

  it('sends no site when there is none', () => {
    expect(formPage(page)).not.toContain('name="site"');
    expect(formPage(page)).toContain('href="./?lang=de"');
  });

  it('posts below its own address, whatever stands in front of it', () => {
    expect(formPage(page)).toContain('<form method="post" action="opt-outs"');
  });
});

describe('form page with a problem', () => {
  const problem = { message: 'Cannot be read.', accepted: 'Like name@example.org.' };
  const markup = formPage({ ...page, value: 'jane "x" @', scopes: 'sms:marketing', problem });

  it('announces it and leads to the field', () => {
    expect(markup).toMatch(/<p role="alert"[^>]*><a href="#address">/);
    expect(markup).toContain('<title>Not done yet');
  });

  it('ties message and accepted form to the field, which has the focus', () => {
    const address = inputs(markup).find((tag) => tag.includes('name="address"'));
    expect(address).toContain('aria-invalid="true" aria-describedby="address-problem address-hint" autofocus');
    expect(markup).toContain('<p id="address-problem" class="problem">Cannot be read.</p>');
    expect(markup).toContain('<p id="address-hint" class="small">Like name@example.org.</p>');
  });

  it('keeps what was typed and chosen', () => {
    expect(markup).toContain('value="jane &quot;x&quot; @"');
    expect(markup).toContain('value="sms:marketing" checked');
  });

  it('falls back to everything when the choice is unknown', () => {
    expect(formPage({ ...page, scopes: 'nonsense', problem })).toContain('value="" checked');
  });
});
