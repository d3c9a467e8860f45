import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenText } from '../../../shared/domain/inbound/written-text.ts';

describe('writtenText', () => {
  it.each([
    ['stop\n\nOn Sun, 22 Nov 2026 at 18:00, Shop <news@example.org> wrote:\n> delete', 'stop'],
    ['stop\r\n\r\nAm 22.11.26 um 18:00 schrieb Shop:\r\n> delete\r\n>> more', 'stop'],
    [
      'stop\n\nLe dim. 22 nov. 2026, a very long name\nof a shop <news@example.org> a écrit :\n\n> delete',
      'stop\n\nLe dim. 22 nov. 2026, a very long name',
    ],
    ['stop\n\nOn Sun, 22 Nov 2026, 18:00 Shop, <news@\nshop.example.org> wrote:\n\n> delete', 'stop'],
    ['stop\n\n-----Original Message-----\nFrom: Shop\ndelete', 'stop'],
    ['stop\n\n________________________________\nVon: Shop\ndelete', 'stop'],
    ['stop\n\nFrom: Shop <news@example.org>\nSent: Sunday\nTo: Jane\ndelete', 'stop'],
    ['2026年11月22日(日) 18:00 Shop <news@example.org>:\n> delete\nstop', 'stop'],
    ['> delete\nstop below', 'stop below'],
    ['', ''],
  ])('leaves out what %j quotes', (text, written) => expect(writtenText(text)).toBe(written));

  it.each(['Dear shop:\n\nplease stop', 'From: me\nTo: you', 'I have: one wish', 'a --- b'])('keeps %j', (text) =>
    expect(writtenText(text)).toBe(text),
  );

  it('takes any text, and adds nothing to it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(writtenText(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
