import { fieldOf, type HeaderField } from './header-fields.ts';

/**
 * Whether the mail system that took the mail in doubts who sent it, or takes it for spam. Such a mail is flagged, never dropped (CS-05):
 * opting out is harmless. SES writes its verdicts above everything that the sender could have written, so the first ones count.
 */
export function isDoubted(header: readonly HeaderField[]): boolean {
  const isBad = (name: string) => /^(?:fail|gray)/i.test(fieldOf(header, name) ?? '');
  const results = fieldOf(header, 'authentication-results') ?? '';
  return (
    isBad('x-ses-spam-verdict') ||
    isBad('x-ses-virus-verdict') ||
    /^(?:fail|softfail)\b/i.test(fieldOf(header, 'received-spf') ?? '') ||
    /\b(?:spf|dkim|dmarc)=(?:fail|softfail|permerror)\b/i.test(results)
  );
}
