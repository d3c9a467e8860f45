import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpDoor } from '../../shared/http/door.ts';
import { hasGpcSignal } from '../../shared/http/gpc.ts';
import { htmlReply, jsonReply } from '../../shared/http/request.ts';
import { LOCALES } from '../../shared/settings.ts';
import { httpEvent, testContext } from '../support/http-events.ts';
import { testSettings } from '../support/settings.ts';
import { samplePages } from '../views/sample-pages.ts';

const isSignalled = (value: string | undefined) => hasGpcSignal({ headers: { 'sec-gpc': value } });

describe('hasGpcSignal', () => {
  it.each(['1', '1,0', '0, 1', ' 1 ', '0,\t1', '1, 1'])('takes %j for a signal (GP-01)', (value) => {
    expect(isSignalled(value)).toBe(true);
  });

  it.each([undefined, '0', '', 'true', '1;x', '01', '11', '1.0', '"1"', '+1', '１', '0,0', ',', '\u00a01'])(
    'takes %j for none (GP-01)',
    (value) => expect(isSignalled(value)).toBe(false),
  );

  it('needs one exact 1 among any members', () => {
    const member = fc.oneof(fc.constantFrom('1', '0', '', '01', '1;x'), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(member, { minLength: 1 }), (members) => {
        const text = members.join(',');
        expect(isSignalled(text)).toBe(text.split(',').some((part) => /^[ \t]*1[ \t]*$/.test(part)));
      }),
    );
  });
});

const show = async (page: string, headers: Record<string, string>) => {
  const door = httpDoor(() => htmlReply(200, page), { settings: testSettings, report: () => undefined });
  return await door(httpEvent('GET /', { headers }), testContext);
};

describe.each(LOCALES)('every page in %s', (locale) => {
  it.each(Object.entries(samplePages(locale)))('%s shows the signal exactly when it came (CC-11)', async (_, page) => {
    const [with1, without] = [await show(page, { 'Sec-GPC': '1' }), await show(page, { 'Sec-GPC': '0' })];
    expect(with1.body).toMatch(/<p class="signal" role="status"><label><input [^>]*\bchecked disabled>/);
    expect(without.body).not.toContain('class="signal"');
    // Nothing more is asked or offered (CC-30): but for the line, both are the same page.
    expect(with1.body?.replace(/<p class="signal".*<\/p>\n/, '')).toBe(without.body);
    expect([with1.body, without.body].join()).not.toContain('signal-->');
    for (const { headers } of [with1, without])
      expect(headers).toMatchObject({ vary: 'Sec-GPC', 'cache-control': 'no-store' });
  });
});

it('says so in the words of the regulation', async () => {
  const { body } = await show(String(samplePages('en').form), { 'sec-gpc': '1' });
  expect(body).toContain('Opt-out request honored');
});

it('leaves what is no page alone', async () => {
  const door = httpDoor(() => jsonReply(200, {}), { settings: testSettings, report: () => undefined });
  const { headers, body } = await door(httpEvent('GET /health', { headers: { 'sec-gpc': '1' } }), testContext);
  expect([body, headers?.vary]).toEqual(['{}', undefined]);
});
