import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../ledger/canonical.ts';
import type { RecordProof } from '../ports/ledger-proofs.ts';
import { type Deletion, isDone, lagSeconds } from './deletion.ts';

export const CERTIFICATE_FORMAT = 'heed.deletion-certificate.v1';

const time = z.iso.datetime();

const proofSchema = z.union([
  z.strictObject({
    state: z.literal('sealed'),
    leaf: z.string(),
    index: z.int(),
    proof: z.array(z.string()),
    checkpoint: z.string(),
  }),
  z.strictObject({ state: z.literal('not-yet-sealed') }),
]);

const acknowledgementSchema = z.strictObject({ system: z.string(), at: time, evidence: z.optional(z.string()) });

const deletionSchema = z.strictObject({
  deletionId: z.string(),
  subjectKey: z.string(),
  class: z.string(),
  due: time,
  endedAt: time,
  deletedAt: time,
  by: z.enum(['ttl', 'sweeper', 'erasure']),
  lagSeconds: z.int(),
  policyVersion: z.optional(z.string()),
  proof: proofSchema,
  /** What was asked of other systems, and who has followed. Absent while nobody has been told yet. */
  followUp: z.optional(
    z.strictObject({
      method: z.enum(['delete', 'anonymise']),
      systems: z.array(z.string()),
      acknowledgements: z.array(acknowledgementSchema),
      isDone: z.boolean(),
      proof: proofSchema,
    }),
  ),
});

const keptSchema = z.strictObject({ class: z.string(), due: z.optional(time) });

const statementSchema = z.strictObject({
  format: z.literal(CERTIFICATE_FORMAT),
  issuedAt: time,
  /** `complete`: nothing of the contact is left. */
  state: z.enum(['complete', 'partial']),
  /** Classes that are still kept, and until when if an end is set. */
  kept: z.array(keptSchema),
  /** Classes that are over for every reader and about to be deleted. */
  beingDeleted: z.array(z.string()),
  deletions: z.array(deletionSchema).check(z.minLength(1)),
  /** From the whole ledger only: how far it was read, and how many records tell of new data of the contact after the last deletion. */
  absence: z.optional(z.strictObject({ recordsRead: z.int(), recordsAfterLastDeletion: z.int() })),
});

/** What a certificate is made of. Proven are the deletions; the rest is what its issuer says of the time of issue. */
export const certificateSchema = z.strictObject({
  ...statementSchema.shape,
  /** SHA-256, in hex, of all the rest as canonical JSON: shows damage. Forgery shows in the proofs. */
  digest: z.string(),
});

export type CertificateProof = z.infer<typeof proofSchema>;
export type CertifiedDeletion = z.infer<typeof deletionSchema>;
export type DeletionCertificate = z.infer<typeof certificateSchema>;
export type FollowUp = NonNullable<CertifiedDeletion['followUp']>;
export type Statement = Omit<DeletionCertificate, 'format' | 'digest'>;

/** Completes what is stated to a certificate. */
export function issueCertificate(stated: Statement): DeletionCertificate {
  const statement = { format: CERTIFICATE_FORMAT, ...stated } as const;
  return { ...statement, digest: certificateDigest(statement) };
}

export function certificateDigest(statement: Omit<DeletionCertificate, 'digest'>): string {
  return hash('sha256', canonicalJson(statement), 'hex');
}

/** A deletion as its evidence tells it, with both proofs. */
export function certifiedDeletion(deletion: Deletion, proofs: { deleted: RecordProof; followed: RecordProof }) {
  return {
    deletionId: deletion.deletionId,
    subjectKey: deletion.subjectKey,
    class: deletion.class,
    due: deletion.due.toISOString(),
    endedAt: deletion.endedAt.toISOString(),
    deletedAt: deletion.deletedAt.toISOString(),
    by: deletion.by,
    lagSeconds: lagSeconds(deletion),
    ...(deletion.policyVersion === undefined ? {} : { policyVersion: deletion.policyVersion }),
    proof: certificateProof(proofs.deleted),
    followUp: {
      method: deletion.method,
      systems: [...deletion.systems],
      acknowledgements: inOrder(
        Object.entries(deletion.acknowledged).map(([system, { at, evidence }]) => ({
          ...{ system, at: at.toISOString() },
          ...(evidence === undefined ? {} : { evidence }),
        })),
      ),
      isDone: isDone(deletion),
      proof: certificateProof(proofs.followed),
    },
  } satisfies CertifiedDeletion;
}

/** By system: the store keeps no order of its own. */
export function inOrder(acknowledgements: FollowUp['acknowledgements']): FollowUp['acknowledgements'] {
  return [...acknowledgements].sort((a, b) => (a.system < b.system ? -1 : 1));
}

export function certificateProof(proof: RecordProof): CertificateProof {
  if (proof.state !== 'sealed') return { state: 'not-yet-sealed' };
  const { leaf, index, proof: hashes, checkpoint } = proof.receipt;
  return { state: 'sealed', leaf, index, proof: [...hashes], checkpoint };
}
