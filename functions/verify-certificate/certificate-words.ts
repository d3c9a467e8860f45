import type { CertifiedDeletion, DeletionCertificate } from '../../shared/domain/contact/certificate.ts';
import type { CertificateVerdict } from '../../shared/domain/contact/check-certificate.ts';

type Checked = CertificateVerdict & { certificate: DeletionCertificate };

/** What is proven, what is only stated, and what is wrong, in plain words. */
export function certificateWords({ certificate, defects, unsealed, checkpoints }: Checked): string {
  return [
    ...defects.map(({ deletionId, detail }) => `DEFECT  ${deletionId ?? 'certificate'}: ${detail}`),
    headline({ certificate, defects, unsealed, checkpoints }),
    '',
    ...certificate.deletions.map(deletionLine),
    '',
    ...checkpoints.map(({ origin, size, time }) => `Proven by  ${origin}, ${size} records, sealed ${time}`),
    `Stated     ${statedWords(certificate)}`,
    '',
  ].join('\n');
}

function headline({ certificate, defects, unsealed }: Checked): string {
  const { length } = certificate.deletions;
  if (defects.length > 0) return `NOT PROVEN. ${defects.length} defects were found.`;
  if (unsealed.length > 0)
    return `NO VERDICT. ${unsealed.length} of ${length} deletions wait for their seal; fetch it again.`;
  return `PROVEN. ${length === 1 ? '1 deletion stands' : `${length} deletions stand`} in the signed ledger.`;
}

function deletionLine({ class: name, due, deletedAt, by, lagSeconds, followUp }: CertifiedDeletion): string {
  const systems = followUp?.systems.length ?? 0;
  const followed = `${followUp?.acknowledgements.length ?? 0} of ${systems} systems followed`;
  return `  ${name.padEnd(16)} due ${due}  deleted ${deletedAt} by ${by}, ${lagSeconds} s after its end; ${followed}`;
}

// Nobody can prove offline what a store does not hold: that is the issuer's word, at its time.
function statedWords({ state, issuedAt, kept, beingDeleted, absence }: DeletionCertificate): string {
  const left = [
    ...kept.map(({ class: name, due }) => `${name} kept${due === undefined ? '' : ` until ${due}`}`),
    ...beingDeleted.map((name) => `${name} about to be deleted`),
  ];
  const read =
    absence === undefined
      ? ''
      : ` Of ${absence.recordsRead} records, ${absence.recordsAfterLastDeletion} tell of new data after the last deletion.`;
  return `by the issuer at ${issuedAt}: ${state}${left.length > 0 ? ` (${left.join(', ')})` : ''}.${read}`;
}

/** The same for machines. */
export function certificateJson({ defects, unsealed, checkpoints }: Checked): object {
  return { verdict: verdictOf({ defects, unsealed }), defects, unsealed, checkpoints };
}

export function verdictOf({ defects, unsealed }: Pick<Checked, 'defects' | 'unsealed'>) {
  if (defects.length > 0) return 'not-proven';
  return unsealed.length > 0 ? 'not-yet-sealed' : 'proven';
}
