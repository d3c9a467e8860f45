import { describe, expect, it } from 'vitest';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { readRequest } from '../../shared/http/request.ts';
import { type EventParts, httpEvent } from '../support/http-events.ts';
import { testSettings } from '../support/settings.ts';

const localeOf = (parts: EventParts, chosen?: string) =>
  requestLocale(readRequest(httpEvent('GET /', parts)), testSettings, chosen);

describe('requestLocale', () => {
  it('takes ?lang= before the link’s language before the browser’s', () => {
    const headers = { 'Accept-Language': 'es' };
    expect(localeOf({ query: { lang: 'fr' }, headers }, 'de')).toBe('fr');
    expect(localeOf({ headers }, 'de')).toBe('de');
    expect(localeOf({ headers })).toBe('es');
    expect(localeOf({})).toBe('en');
  });

  it.each([
    ['de-AT', 'de'],
    ['FR', 'fr'],
    ['xx', 'en'],
    ['', 'en'],
    ['<script>', 'en'],
    ['../en', 'en'],
  ])('reads %j as %s', (chosen, expected) => {
    expect(localeOf({}, chosen)).toBe(expected);
  });
});

describe('pageFrame', () => {
  it('shows the site’s brand, or else the controller', () => {
    expect(pageFrame('en', testSettings, testSettings.sites[1]).brand.name).toBe('Example Blog');
    expect(pageFrame('en', testSettings).brand.name).toBe('Example Shop Ltd');
  });
});
