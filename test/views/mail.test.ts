import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../shared/i18n/strings.ts';
import type { Locale } from '../../shared/settings.ts';
import { type MailContent, mail } from '../../shared/views/mails/mail.ts';
import { mailErrors } from './validate.ts';

const content: MailContent = {
  strings: stringsFor('en'),
  controller: { name: 'Meadow & Pine', postalAddress: ['12 Orchard Lane', 'Bristol'] },
  brand: { name: 'Meadow' },
  subject: 'Something is done',
  blocks: [
    { kind: 'paragraph', text: 'First <b>.' },
    { kind: 'link', url: 'https://optout.example/one?a=1&b=2', label: 'One' },
    { kind: 'list', title: 'About', items: ['this', 'that'] },
    { kind: 'facts', facts: [['Number', '42']] },
    { kind: 'link', url: 'https://optout.example/two', label: 'Two', detail: 'What two does.' },
    { kind: 'note', text: 'Small print.' },
  ],
};

describe('mail', () => {
  it('reads as text on its own, block by block, with who is responsible below', () => {
    expect(mail(content).text).toBe(
      [
        'First <b>.',
        'One\nhttps://optout.example/one?a=1&b=2',
        'About\n- this\n- that',
        'Number\n42',
        'Two\nhttps://optout.example/two\nWhat two does.',
        'Small print.',
        'Responsible for your data\nMeadow & Pine\n12 Orchard Lane\nBristol\n',
      ].join('\n\n'),
    );
  });

  it('says the same in markup, in the same order', () => {
    const { html } = mail(content);
    const words = ['First &lt;b&gt;.', '>One<', '>that</li>', '>42<', '>Two<', 'What two does.', 'Small print.'];
    const places = words.map((word) => html.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).toContain('Meadow &amp; Pine<br>12 Orchard Lane<br>Bristol');
    expect(mailErrors(html)).toEqual([]);
  });

  it('holds the links of its blocks and no other (CS-07)', () => {
    const links = [...mail(content).html.matchAll(/https?:[^"'\s<]*/g)].map(([link]) => link);
    expect(links).toEqual(['https://optout.example/one?a=1&amp;b=2', 'https://optout.example/two']);
  });

  it('holds no image, script, frame, form or font, and nothing that counts readers (CS-07)', () => {
    const { html } = mail(content);
    expect(html).not.toMatch(/<(?:img|script|iframe|object|embed|form|input|link|svg|video|audio|base)\b/i);
    expect(html).not.toMatch(/url\(|@import|@font-face|background=|\ssrc=|utm_|\spixel|width:1px|xmlns/i);
  });

  it('never reads what is filled in as a slot', () => {
    const { html } = mail({ ...content, subject: '{{address}} {{nothing}} $&' });
    expect(html).toContain('{{address}} {{nothing}} $&amp;');
  });

  it('keeps its look in the dark, without pure white or black that programs invert', () => {
    const { html } = mail({
      ...content,
      brand: { name: 'M', look: { accent: { light: '#123456', dark: '#abcdef' } } },
    });
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('color:#123456;font-weight');
    expect(html).toContain('a { color: #abcdef !important; }');
    expect(html).not.toMatch(/#fff(?:fff)?\b|#000(?:000)?\b|\bwhite\b|\bblack\b/i);
  });

  it('names its language and turns round for one that is written from right to left', () => {
    const arabic = Object.assign(stringsFor('en'), { locale: 'ar' as Locale });
    const { html } = mail({ ...content, strings: arabic });
    expect(mail(content).html).toContain('<html lang="en" dir="ltr">');
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).not.toMatch(/direction:ltr|text-align:left|align="left"/);
    expect(mailErrors(html)).toEqual([]);
  });
});
