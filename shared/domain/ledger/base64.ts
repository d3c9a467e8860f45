/** Standard Base64 (RFC 4648 §4) of bytes. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Reads standard Base64 in its one exact form; `undefined` for any other: a proof that has two spellings can be changed unseen. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Reads the Base64 of a SHA-256 hash. */
export function fromBase64Hash(text: unknown): Buffer | undefined {
  const bytes = typeof text === 'string' ? fromBase64(text) : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}
