import type { RequestId } from '../request.ts';
import type { ScopeName } from '../scope.ts';
import type { Identifier, SubjectKey } from '../subject.ts';

/**
 * What a sealed link may do: stop one scope for one address, show and narrow an address's choices, or show one receipt. Nothing that widens or
 * destroys.
 */
export type LinkClaims =
  | {
      use: 'unsubscribe';
      identifier: Identifier;
      scope: ScopeName;
      locale?: string | undefined;
      campaign?: string | undefined;
    }
  | { use: 'preferences'; identifier: Identifier; locale?: string | undefined }
  | { use: 'receipt'; subjectKey: SubjectKey; requestId: RequestId };

/** Sealed links (design §6 class A): opaque, hard to forge, without an end. Old ring keys keep opening (CS-03). */
export interface Links {
  seal(claims: LinkClaims): Promise<string>;
  /**
   * `undefined` for anything that this ring did not seal for this use, a single changed bit included. Its link that unsubscribes an address
   * also opens that address's preferences. What anybody sealed with a public key of the ring opens as well, for `unsubscribe` only; its claims
   * come out canonical and can do no more than the open form.
   */
  open<U extends LinkClaims['use']>(use: U, token: string): Promise<Extract<LinkClaims, { use: U }> | undefined>;
}

/** Public half of a ring key as a JWK (RFC 7517): seals links that only Heed can open. */
export interface SenderKey {
  kty: 'EC';
  crv: 'P-256';
  /** Coordinates, base64url. */
  x: string;
  y: string;
  /** Id of the ring key. */
  kid: string;
  alg: 'ECDH-ES';
  use: 'enc';
}

/** A JWK set. The first key is the one to mint with. */
export interface SenderKeySet {
  keys: readonly SenderKey[];
}
