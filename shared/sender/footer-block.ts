import { chooseLocale } from '../i18n/locale.ts';
import { stringsFor } from '../i18n/strings.ts';
import { LOCALES } from '../settings.ts';
import { html } from '../views/html.ts';
import { checkLink } from './unsubscribe-headers.ts';

interface FooterFacts {
  /** The reader's own link. */
  url: string;
  /** Who sends, with the postal address that the law wants in every such mail (CS-06). One line per element. */
  controller: { name: string; postalAddress: readonly string[] };
  /** BCP 47 tag of the mail's language; one that Heed has no words for gets English. */
  locale?: string | undefined;
}

/** What stands at the end of a marketing mail, once per body part. */
export interface FooterBlock {
  text: string;
  /** Escaped, without colours of its own: it takes those of the mail that it is put into. */
  html: string;
}

/** The visible link, on its own and in plain words (CS-05, MB-02, PE-01), and the postal address (CS-06). */
export function footerBlock({ url, controller, locale }: FooterFacts): FooterBlock {
  checkLink(url);
  const strings = stringsFor(chooseLocale(locale?.split('-')[0], undefined, LOCALES));
  const label = strings('footer.unsubscribe');
  const address = [controller.name, ...controller.postalAddress];
  const markup = html`<div lang="${strings.locale}" style="padding:24px 0;font-size:14px;line-height:21px">
<p style="margin:0 0 12px"><a href="${url}" style="color:inherit;text-decoration:underline">${label}</a></p>
<p style="margin:0" translate="no">${address.map((line) => html`${line}<br>`)}</p>
</div>
`;
  return { text: `${[label, url, '', ...address].join('\n')}\n`, html: markup.toString() };
}
