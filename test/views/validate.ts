import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: {
      'doctype-style': ['error', { style: 'lowercase' }],
      // The title ends with the brand's name, whose length is not ours.
      'long-title': 'off',
    },
  }),
);

const mailValidator = new HtmlValidate(
  // Mail programs drop style sheets, so that mails are styled inline.
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    rules: { 'doctype-style': ['error', { style: 'lowercase' }], 'no-inline-style': 'off' },
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
