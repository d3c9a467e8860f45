import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../functions/verify-certificate/certificate-words.ts';
import { verifyCertificateFile } from '../../../functions/verify-certificate/verify-certificate.ts';
import { certificateDigest, type DeletionCertificate } from '../../../shared/domain/contact/certificate.ts';
import { checkCertificate } from '../../../shared/domain/contact/check-certificate.ts';
import { deletionIdOf } from '../../../shared/domain/contact/deletion.ts';
import { logKey } from '../../support/ledger-folder.ts';
import { certificateFromLedger, certificateOf, certifiedWorld } from '../../support/sample-certificate.ts';
import { sampleDeletion } from '../../support/sample-deletion.ts';

/** One deletion, one of whose two systems has followed. */
async function issued(): Promise<DeletionCertificate> {
  const certificate = await certificateOf(await certifiedWorld([sampleDeletion()], { acknowledge: ['crm'] }));
  if (certificate === undefined) throw new Error('No certificate was made');
  return certificate;
}

const verdictOn = (text: string) => {
  const checked = verifyCertificateFile(text, [logKey]);
  return checked.kind === 'checked' ? verdictOf(checked) : checked.kind;
};

type Path = readonly (string | number)[];
interface Mutation {
  path: Path;
  to: unknown;
}

/** Every value in it, by its path, with another value of the same kind; every member left out, and one added. */
function* mutations(value: unknown, path: Path = []): Generator<Mutation> {
  if (Array.isArray(value)) yield* ofList(value, path);
  else if (typeof value === 'object' && value !== null) yield* ofObject(value, path);
  else if (typeof value === 'string') yield { path, to: mutatedText(value) };
  else yield { path, to: typeof value === 'number' ? value + 1 : !value };
}

function* ofList(list: readonly unknown[], path: Path): Generator<Mutation> {
  yield { path, to: [...list, list[0] ?? 'x'] };
  if (list.length > 0) yield { path, to: list.slice(1) };
  for (const [index, member] of list.entries()) yield* mutations(member, [...path, index]);
}

function* ofObject(members: object, path: Path): Generator<Mutation> {
  yield { path: [...path, 'added'], to: 'x' };
  for (const [name, member] of Object.entries(members)) {
    yield { path: [...path, name], to: undefined };
    yield* mutations(member, [...path, name]);
  }
}

// Stays a date where it is one, so that the form alone does not give it away.
function mutatedText(text: string): string {
  const at = text.search(/\d/);
  if (at < 0) return text === 'delete' ? 'anonymise' : `${text}x`;
  return text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1);
}

function changed(certificate: DeletionCertificate, { path, to }: Mutation) {
  const copy = structuredClone(certificate) as unknown;
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce((inner, name) => (inner as Record<string, unknown>)[name], copy);
  (holder as Record<string, unknown>)[last] = to;
  return copy as DeletionCertificate;
}

const named = ({ path, to }: Mutation) => `${path.join('.')} → ${JSON.stringify(to)}`;

describe('a deletion certificate', () => {
  it('is proven by the published key alone', async () => {
    const certificate = await issued();
    expect(certificate).toMatchObject({ state: 'complete', kept: [], beingDeleted: [] });
    expect(certificate.deletions).toMatchObject([
      {
        class: 'marketing',
        by: 'ttl',
        lagSeconds: 86_400,
        followUp: { systems: ['crm', 'mail-platform'], acknowledgements: [{ system: 'crm' }], isDone: false },
      },
    ]);
    expect(checkCertificate(certificate, [logKey])).toMatchObject({ defects: [], unsealed: [] });
    expect(verdictOn(JSON.stringify(certificate))).toBe('proven');
  });

  it('holds nothing of the person but the subject key', async () => {
    expect(JSON.stringify(await issued())).not.toMatch(/Jane|4711|@/);
  });

  it('shows a change of any field', async () => {
    const certificate = await issued();
    const all = [...mutations(certificate)];
    expect(all.length).toBeGreaterThan(60);
    const missed = all.filter((one) => verdictOn(JSON.stringify(changed(certificate, one))) === 'proven');
    expect(missed.map(named)).toEqual([]);
  });

  it('shows a change of any proven field to whoever makes the digest anew', async () => {
    const certificate = await issued();
    const ofDeletions = [...mutations(certificate.deletions, ['deletions'])];
    // Leaving the follow-up out says less than there is, and nothing false.
    const isLess = ({ path, to }: (typeof ofDeletions)[number]) => path.at(-1) === 'followUp' && to === undefined;
    const missed = ofDeletions
      .filter((one) => !isLess(one))
      .filter((one) => {
        const { digest: _, ...forged } = JSON.parse(JSON.stringify(changed(certificate, one))) as DeletionCertificate;
        return verdictOn(JSON.stringify({ ...forged, digest: certificateDigest(forged) })) === 'proven';
      });
    expect(missed.map(named)).toEqual([]);
  });

  it('proves nothing by the proofs of another deletion', async () => {
    const other = sampleDeletion({ deletionId: deletionIdOf('event-2'), class: 'account' });
    const [certificate, stranger] = [await issued(), await certificateOf(await certifiedWorld([other]))];
    const [deletion, foreign] = [certificate.deletions[0], stranger?.deletions[0]];
    if (deletion === undefined || foreign === undefined) throw new Error('No deletion');
    const { followUp: _, ...rest } = deletion;
    const { digest: __, ...forged } = { ...certificate, deletions: [{ ...rest, proof: foreign.proof }] };
    const verdict = checkCertificate({ ...forged, digest: certificateDigest(forged) }, [logKey]);
    expect(verdict.defects).toEqual([
      { deletionId: deletion.deletionId, detail: 'the deletion: the proven record says something else' },
    ]);
  });

  it('says that it waits for the seal, which is neither proven nor wrong', async () => {
    const certificate = await certificateOf(await certifiedWorld([sampleDeletion()], { isSealed: false }));
    expect(certificate?.deletions[0]?.proof).toEqual({ state: 'not-yet-sealed' });
    expect(verdictOn(JSON.stringify(certificate))).toBe('not-yet-sealed');
  });

  it.each(['', '{}', '[]', '{"format":"heed.deletion-certificate.v1"}'])('is not %j', (text) => {
    expect(verdictOn(text)).toBe('unreadable');
  });

  it('is the same from the ledger alone, which also tells that no new data follow', async () => {
    const world = await certifiedWorld([sampleDeletion()], { acknowledge: ['mail-platform', 'crm'] });
    const [fromStore, fromLedger] = [await certificateOf(world), await certificateFromLedger(world)];
    expect(fromLedger?.deletions).toEqual(fromStore?.deletions);
    expect(fromLedger).toMatchObject({ state: 'complete', absence: { recordsAfterLastDeletion: 0 } });
    expect(verdictOn(JSON.stringify(fromLedger))).toBe('proven');
  });
});
