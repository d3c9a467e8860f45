import { html as honoHtml, raw as honoRaw } from 'hono/html';

/** Markup that is safe to put into markup. */
export interface Html {
  readonly isEscaped: true;
  toString(): string;
}

/** `undefined` and `false` leave nothing behind, so that `condition && html…` reads well. */
type Value = string | number | Html | undefined | false | readonly Value[];

/** Markup with every text in it escaped, also inside quoted attributes. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  // hono answers with a promise only when it is given one, and `Value` has none.
  return honoHtml(texts, ...values) as unknown as Html;
}

/** Our own constants that are markup already, such as the style sheet. Never for data. */
export function trusted(markup: string): Html {
  return honoRaw(markup) as unknown as Html;
}
