import type { AddressProblem } from '../domain/address-problem.ts';
import type { StringKey } from '../i18n/strings.ts';
import { HONEYPOT_FIELD } from '../names.ts';
import type { Locale } from '../settings.ts';
import { type Html, html } from './html.ts';
import { languageSwitcher } from './language-switcher.ts';
import { layout, type PageFrame } from './layout.ts';

export interface FormPage extends PageFrame {
  /** Id of the site that sent the person here; kept through language changes and the post. */
  site?: string;
  /** What was typed, when the form comes back with a problem. */
  value?: string;
  /** The written scope that was chosen, when the form comes back with a problem. */
  scopes?: string;
  problem?: FormProblem;
}

/** What is wrong with what was typed, and what is accepted instead. */
export interface FormProblem {
  message: string;
  accepted: string;
}

// The first one is the default: every narrower choice stands beside one that is all-or-nothing (CS-05, CC-30).
const CHOICES = [
  { value: '', key: 'form.scopes.all', detail: 'form.scopes.all.detail' },
  { value: 'email:marketing', key: 'form.scopes.email' },
  { value: 'sms:marketing', key: 'form.scopes.sms' },
  { value: 'phone:marketing', key: 'form.scopes.phone' },
  { value: 'any:sale-share', key: 'form.scopes.sale-share' },
] as const satisfies readonly { value: string; key: StringKey; detail?: StringKey }[];

/** The opt-out form: one field and one choice, which is all that may be asked (CS-01). Works without JavaScript. */
export function formPage(page: FormPage): string {
  const { strings, problem } = page;
  const title = strings('form.title');
  return layout(page, {
    title: problem === undefined ? title : `${strings('form.problem.title')}: ${title}`,
    main: html`<h1>${title}</h1>
${problem === undefined ? html`<p class="lead">${strings('form.intro')}</p>` : problemAlert(page)}
<form method="post" action="opt-outs" accept-charset="utf-8" novalidate>
${addressField(page)}
${scopeChoices(page)}
${hiddenFields(page)}
<button type="submit">${strings('form.button')}</button>
<p class="small">${strings('form.promise')}</p>
</form>`,
    footer: languageSwitcher(page, addressOf(page)),
  });
}

/** A refused address in people's words. */
export function addressProblem({ strings }: PageFrame, { code }: Pick<AddressProblem, 'code'>): FormProblem {
  const message = strings(code === 'address.missing' ? 'form.problem.missing' : 'form.problem.address');
  return { message, accepted: strings('form.problem.accepted') };
}

/** Leads to the field. */
export function problemAlert({ strings }: PageFrame): Html {
  return html`<p role="alert" class="alert"><a href="#address">${strings('form.problem.title')}</a></p>`;
}

/** The field in which an address is typed. type=text: type=email refuses valid addresses, such as those with letters outside ASCII. */
export function addressField(
  { strings, value, problem }: Pick<FormPage, 'strings' | 'value' | 'problem'>,
  words: { label: StringKey; hint: StringKey } = { label: 'form.address.label', hint: 'form.address.hint' },
): Html {
  return html`<div class="field">
<label for="address">${strings(words.label)}</label>
<p id="address-hint" class="small">${problem?.accepted ?? strings(words.hint)}</p>
${problem && html`<p id="address-problem" class="problem">${problem.message}</p>`}
<input id="address" name="address" type="text" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck="false" required ${
    problem === undefined
      ? html`aria-describedby="address-hint"`
      : html`aria-invalid="true" aria-describedby="address-problem address-hint" autofocus`
  } value="${value ?? ''}">
</div>`;
}

/** What should stop. */
export function scopeChoices({ strings, scopes }: Pick<FormPage, 'strings' | 'scopes'>): Html {
  const chosen = CHOICES.find(({ value }) => value === scopes) ?? CHOICES[0];
  return html`<fieldset>
<legend>${strings('form.scopes.legend')}</legend>
${CHOICES.map(
  (
    choice,
  ) => html`<label class="choice"><input type="radio" name="scopes" value="${choice.value}"${choice === chosen && html` checked`}>
<span>${'detail' in choice ? html`<strong>${strings(choice.key)}</strong> ${strings(choice.detail)}` : strings(choice.key)}</span></label>
`,
)}</fieldset>`;
}

/** The trap is for robots only: out of sight, out of the tab order, and silent to screen readers. */
export function hiddenFields({ strings, site }: Pick<FormPage, 'strings' | 'site'>): Html {
  return html`${site !== undefined && html`<input type="hidden" name="site" value="${site}">`}
<input type="hidden" name="locale" value="${strings.locale}">
<div class="trap" aria-hidden="true"><label for="${HONEYPOT_FIELD}">${strings('form.trap.label')}</label>
<input id="${HONEYPOT_FIELD}" name="${HONEYPOT_FIELD}" type="text" tabindex="-1" autocomplete="off"></div>`;
}

// "./" leads to the form also from the answer to a post, which stands at /opt-outs.
function addressOf({ site }: FormPage): (locale: Locale) => string {
  return (locale) => `./?${new URLSearchParams({ ...(site !== undefined && { site }), lang: locale }).toString()}`;
}
