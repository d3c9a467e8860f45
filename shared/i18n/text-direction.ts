/** Which way a language is written. None that we offer is written from right to left yet; pages and mails are ready for one. */
export function textDirection(tag: string): 'ltr' | 'rtl' {
  return new Intl.Locale(tag).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}
