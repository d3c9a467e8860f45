import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { footerBlock } from '../../shared/sender/footer-block.ts';
import { lintMessage } from '../../shared/sender/lint-message.ts';
import { LOCALES } from '../../shared/settings.ts';
import { testSettings } from '../support/settings.ts';

const url = 'https://heed.example.org/u/x.y';
const { controller } = testSettings;

describe('footerBlock', () => {
  it('has the link and the postal address, as text and as HTML (CS-05, CS-06)', () => {
    const { text, html } = footerBlock({ url, controller, locale: 'en' });
    expect(text).toBe(
      `Unsubscribe from these messages\n${url}\n\nExample Shop Ltd\n1 High Street\nLondon N1 1AA\nUnited Kingdom\n`,
    );
    expect(html).toContain(
      `<a href="${url}" style="color:inherit;text-decoration:underline">Unsubscribe from these messages</a>`,
    );
    expect(html).toContain('Example Shop Ltd<br>1 High Street<br>London N1 1AA<br>United Kingdom<br>');
  });

  it.each(LOCALES)('speaks %s, and the linter finds its link and its address', async (locale) => {
    const { text, html } = footerBlock({ url, controller, locale });
    expect(html).toContain(`lang="${locale}"`);
    for (const part of [text, html]) expect(part).toContain(stringsFor(locale)('footer.unsubscribe'));
    const postalAddress = [controller.name, ...controller.postalAddress];
    for (const [type, body] of [
      ['plain', text],
      ['html', html],
    ]) {
      const mail = `From: a@example.org\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}`;
      const codes = (await lintMessage(mail, { postalAddress, publicUrl: url })).map(({ code }) => code);
      expect(codes).toEqual(['list-unsubscribe-missing', 'one-click-missing', 'dkim-missing']);
    }
  });

  it.each([
    ['de-AT', 'de'],
    ['FR', 'fr'],
    ['tlh', 'en'],
    [undefined, 'en'],
  ])('answers the tag %s in %s', (tag, locale) => {
    expect(footerBlock({ url, controller, locale: tag }).html).toContain(`lang="${locale}"`);
  });

  it('escapes what it is given', () => {
    const { html } = footerBlock({
      url: 'https://heed.example.org/u/"><script>',
      controller: { name: 'Fish & <b>Chips</b>', postalAddress: ['"1" High Street'] },
    });
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('Fish &amp; &lt;b&gt;Chips&lt;/b&gt;');
  });

  it.each(['javascript:alert(1)', 'http://heed.example.org/u/x', ''])('refuses the link %j', (link) => {
    expect(() => footerBlock({ url: link, controller })).toThrow(TypeError);
  });
});
