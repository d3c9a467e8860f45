/**
 * Unpacks one gzip member (RFC 1952), and says how it ended. `consumed` is where the member ends in the bytes: what follows is not part of
 * the object. `corrupt`: a header that the writer does not write, a broken stream, or a wrong check sum or length. `too-large`: unpacked it
 * exceeds `maxBytes`; the rest is not unpacked. Never throws.
 */
export type Gunzip = (bytes: Uint8Array, maxBytes: number) => GunzipOutcome | Promise<GunzipOutcome>;

export type GunzipOutcome =
  | { kind: 'whole'; data: Uint8Array; consumed: number }
  | { kind: 'truncated' }
  | { kind: 'corrupt' }
  | { kind: 'too-large' };
