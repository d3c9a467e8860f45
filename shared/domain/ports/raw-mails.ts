/** A mail as it came in, or its beginning. */
export interface RawMail {
  bytes: Uint8Array;
  /** `false`: there is more of it than was read. */
  isWhole: boolean;
}

/** Mails as they came in, each under an opaque key. They hold more about people than anything else that Heed keeps. */
export interface RawMails {
  /** The mail, or its beginning when it is too large to be read as a whole. `undefined`: it is not there (any more). */
  read(objectKey: string): Promise<RawMail | undefined>;
  /** Deletes a mail of which nothing is left to do. Harmless when it is gone. */
  remove(objectKey: string): Promise<void>;
}
