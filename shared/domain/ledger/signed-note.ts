import { fromBase64, toBase64 } from './base64.ts';
import { isKeyName, type NoteKey, noteKey } from './note-keys.ts';

/** Signs notes under a name. The private key stays where it is (KMS); a failure to sign throws. */
export interface Signer {
  name: string;
  /** SPKI DER. */
  publicKey: Uint8Array;
  /** Ed25519 over the bytes, or ECDSA on P-256 over their SHA-256 in ASN.1 DER: what KMS answers. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What a note's signatures are worth. Its text must not be used unless it is `verified`. */
export type NoteVerdict =
  | { kind: 'verified'; text: string; by: readonly NoteKey[] }
  | { kind: 'malformed'; detail: string }
  | { kind: 'bad-signature'; detail: string }
  | { kind: 'unknown-key'; detail: string };

interface Signature {
  name: string;
  id: string;
  bytes: Buffer;
}

/** C2SP signed-note wants at least 16; more than this is a way to keep us busy. */
const MAX_SIGNATURES = 64;
const MAX_LENGTH = 1_000_000;
const SEPARATOR = '\n\n';

/** Signs a text that ends in a newline; the note is the text, a blank line and one line per signer. */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!isNoteText(text))
    throw new TypeError('A note is well-formed text without control characters that ends in a newline');
  const lines = await Promise.all(signers.map((signer) => signatureLine(text, signer)));
  return `${text}\n${lines.join('')}`;
}

/** Checks a note against the keys that we trust (C2SP signed-note). Unknown signatures are ignored; a wrong one of a known key spoils the note. */
export function verifyNote(note: string, keys: readonly NoteKey[]): NoteVerdict {
  const parsed = parseNote(note);
  if (parsed === undefined) return { kind: 'malformed', detail: 'not a signed note' };
  const message = Buffer.from(parsed.text);
  const by: NoteKey[] = [];
  for (const { name, id, bytes } of parsed.signatures) {
    const key = keys.find((candidate) => candidate.name === name && candidate.id === id);
    if (key !== undefined && !key.verify(message, bytes)) return { kind: 'bad-signature', detail: `of ${name}+${id}` };
    if (key !== undefined) by.push(key);
  }
  if (by.length > 0) return { kind: 'verified', text: parsed.text, by };
  return { kind: 'unknown-key', detail: parsed.signatures.map(({ name, id }) => `${name}+${id}`).join(', ') };
}

async function signatureLine(text: string, signer: Signer): Promise<string> {
  const message = Buffer.from(text);
  const key = noteKey(signer.name, signer.publicKey);
  const signature = await signer.sign(message);
  // A signature that nobody can check must not be published: the note is written once.
  if (!key.verify(message, signature))
    throw new Error(`The signer ${signer.name} gave a signature that its key refuses`);
  return `— ${signer.name} ${toBase64(Buffer.concat([Buffer.from(key.id, 'hex'), signature]))}\n`;
}

function parseNote(note: string): { text: string; signatures: Signature[] } | undefined {
  const split = note.lastIndexOf(SEPARATOR);
  if (note.length > MAX_LENGTH || split < 0 || !isNoteText(note)) return undefined;
  const lines = note.slice(split + SEPARATOR.length, -1).split('\n');
  const signatures = lines.slice(0, MAX_SIGNATURES + 1).map(parseSignature);
  if (signatures.length > MAX_SIGNATURES || !signatures.every((signature) => signature !== undefined)) return undefined;
  return { text: note.slice(0, split + 1), signatures };
}

function parseSignature(line: string): Signature | undefined {
  const [dash, name = '', base64 = '', ...rest] = line.split(' ');
  const bytes = fromBase64(base64);
  if (dash !== '—' || !isKeyName(name) || rest.length > 0 || bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[^\P{Cc}\n\u007f-\u009f]/u.test(text);
}
