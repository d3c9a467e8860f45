import type { FindingCode } from './findings.ts';
import { type Headers, valuesOf } from './mail.ts';

/** The URIs of List-Unsubscribe in their order, as far as it can be read; it is a header of RFC 2369. */
export function unsubscribeUris(headers: Headers): string[] {
  const [value = ''] = valuesOf(headers, 'list-unsubscribe');
  return [...value.matchAll(/<([^<>]*)>/g)].map(([, uri = '']) => uri.trim());
}

/** RF-01, RF-07: both headers once, one https URI in front, the exact one-click value. */
export function checkListHeaders(headers: Headers): FindingCode[] {
  return [...checkUnsubscribe(headers), ...checkOneClick(headers)];
}

function checkUnsubscribe(headers: Headers): FindingCode[] {
  const [value, ...others] = valuesOf(headers, 'list-unsubscribe');
  if (value === undefined) return ['list-unsubscribe-missing'];
  return [
    ...(others.length === 0 ? [] : (['list-unsubscribe-repeated'] as const)),
    ...checkForm(value),
    ...checkOrder(unsubscribeUris(headers)),
  ];
}

function checkForm(value: string): FindingCode[] {
  // RFC 2369 §2 lets blanks between the brackets be; a library that folds at a fixed width, or encodes, puts them there.
  if (/=\?|<[^<>]*\s[^<>]*>/.test(value)) return ['list-unsubscribe-folded'];
  return value.split(',').every((part) => /^\s*<[^<>\s]+>\s*$/.test(part)) ? [] : ['list-unsubscribe-syntax'];
}

function checkOrder(uris: readonly string[]): FindingCode[] {
  const secure = uris.filter((uri) => /^https:\/\/[^/]/i.test(uri) && URL.canParse(uri));
  if (secure.length === 0) return ['https-missing'];
  return [
    ...(secure.length === 1 ? [] : (['https-repeated'] as const)),
    ...(uris[0] === secure[0] ? [] : (['https-not-first'] as const)),
  ];
}

function checkOneClick(headers: Headers): FindingCode[] {
  const [value, ...others] = valuesOf(headers, 'list-unsubscribe-post');
  if (value === undefined) return ['one-click-missing'];
  return [
    ...(others.length === 0 ? [] : (['one-click-repeated'] as const)),
    ...(value.trim() === 'List-Unsubscribe=One-Click' ? [] : (['one-click-value'] as const)),
  ];
}
