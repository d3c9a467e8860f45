import { certificateSchema, type DeletionCertificate } from '../../shared/domain/contact/certificate.ts';
import { type CertificateVerdict, checkCertificate } from '../../shared/domain/contact/check-certificate.ts';
import type { NoteKey } from '../../shared/domain/ledger/note-keys.ts';

export type FileVerdict =
  | (CertificateVerdict & { kind: 'checked'; certificate: DeletionCertificate })
  | { kind: 'unreadable' };

/** Checks the text of a certificate. `unreadable`: it is none, which says nothing about any deletion. */
export function verifyCertificateFile(text: string, keys: readonly NoteKey[]): FileVerdict {
  const parsed = certificateSchema.safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'unreadable' };
  return { kind: 'checked', certificate: parsed.data, ...checkCertificate(parsed.data, keys) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Named failure: no JSON, thus no certificate.
    return undefined;
  }
}
