import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': ['error', { style: 'lowercase' }],
      // The title ends with the brand's name, whose length is not ours.
      'long-title': 'off',
      // Several ticks are one answer.
      'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    },
  }),
);

const mailValidator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': ['error', { style: 'lowercase' }],
      // Mail programs drop style sheets, so that mails are styled inline.
      'no-inline-style': 'off',
      // Outlook's widths need tables of the old kind, some of them for Outlook alone.
      'no-conditional-comment': 'off',
      'no-deprecated-attr': 'off',
      'presentation-role-style': 'off',
      // Web mail strips <article>, and keeps the role.
      'prefer-native-element': 'off',
    },
  }),
);

/** What is wrong with a page, one line each. */
export function pageErrors(markup: string): string[] {
  return errors(validator, markup);
}

/** What is wrong with the markup of a mail, one line each. */
export function mailErrors(markup: string): string[] {
  return errors(mailValidator, markup);
}

function errors(htmlValidate: HtmlValidate, markup: string): string[] {
  const { results } = htmlValidate.validateStringSync(markup);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
  );
}
