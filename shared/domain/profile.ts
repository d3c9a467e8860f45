import type { ProfileName } from './subject.ts';

/**
 * Ids that sites give to browsers: hexadecimal, base64, base64url, UUIDs, numbers with separators. No @, no blank and no leading plus, so
 * that an address which was put into the wrong field is refused instead of opting out somebody that nobody will ask about.
 */
export const PROFILE_PATTERN = /^(?!\+)[A-Za-z0-9._~:+/=-]{1,128}$/;

/** Letters keep their case: to the site that made them, `aB` and `ab` are two ids. */
export function profileName(id: string): ProfileName {
  return { kind: 'profile', canonical: id };
}
