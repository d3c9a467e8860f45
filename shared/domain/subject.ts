/** A way to name a person. An e-mail address or phone number in its canonical form, see `address.ts`. */
export interface Identifier {
  kind: 'email' | 'phone';
  /** Canonical form: equal for all spellings of the same address. */
  canonical: string;
}

/** The id that a business gave its customer: names a contact, and takes no messages. */
export interface CustomerName {
  kind: 'customer';
  canonical: string;
}

/** A site's own pseudonymous id of a profile, as in its cookie: takes no messages (CC-12). */
export interface ProfileName {
  kind: 'profile';
  canonical: string;
}

/** Whom an opt-out may be about. */
export type OptOutName = Identifier | ProfileName;

/** `<key id>.<base64url HMAC-SHA-256>`: how a person is known wherever data cannot be forgotten (GD-10: still personal data). */
export type SubjectKey = string & { readonly __kind: 'subject key' };

/** A key's id, and the MAC in base64url. */
export const SUBJECT_KEY_PATTERN = /^[\w-]{1,32}\.[\w-]{43}$/;

/** Turns identifiers into subject keys. Pure once the key ring is loaded; never fails. */
export interface SubjectKeys {
  /** The key under which new things are written. */
  current(name: OptOutName | CustomerName): SubjectKey;
  /** All keys under which something may stand, the current one first: old ring keys are kept for look-ups (GD-10). */
  all(name: OptOutName | CustomerName): readonly [SubjectKey, ...SubjectKey[]];
}
