import { ContactHistory } from '../../functions/certificate/certificate-from-ledger.ts';
import { showDeletionCertificate } from '../../functions/show-deletion-certificate/show-deletion-certificate.ts';
import type { DeletionCertificate } from '../../shared/domain/contact/certificate.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import type { Deletion } from '../../shared/domain/contact/deletion.ts';
import { placedIdOf } from '../../shared/domain/ledger/placed-id.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import { deletionLine, followUpLines } from './deletion-ledger.ts';
import { type SampleLedger, sampleLedger } from './ledger-folder.ts';
import { leavesOf, receiptFor } from './ledger-receipt.ts';
import { memoryDeletions } from './memory-deletions.ts';
import { SAMPLE_CUSTOMER } from './sample-deletion.ts';

export const CERTIFIED_AT = new Date('2026-11-25T10:00:00Z');

const subjectKeys: SubjectKeys = { current: () => SAMPLE_CUSTOMER, all: () => [SAMPLE_CUSTOMER] };

/** These deletions, acknowledged as asked, in a ledger that is sealed behind them unless told otherwise. */
export async function certifiedWorld(
  deletions: readonly Deletion[],
  { acknowledge = [], isSealed = true }: { acknowledge?: readonly string[]; isSealed?: boolean } = {},
) {
  const evidence = memoryDeletions(() => CERTIFIED_AT);
  for (const deletion of deletions) {
    await evidence.open(deletion);
    for (const system of acknowledge)
      await evidence.acknowledge(deletion, system, { at: CERTIFIED_AT, evidence: 'ab'.repeat(32) });
  }
  const lines = [...deletions.map(deletionLine), ...followUpLines(evidence)];
  const sealed = isSealed ? [0] : [];
  const ledger = await sampleLedger({ sizes: [lines.length], sealed, line: (index) => lines[index] ?? '' });
  return { evidence, ledger, lines };
}

type World = Awaited<ReturnType<typeof certifiedWorld>>;

/** The certificate as the API makes it. */
export async function certificateOf({ evidence, ledger, lines }: World, contact?: Contact) {
  return await showDeletionCertificate({
    contacts: { read: async () => contact && { contact, versions: new Map() } },
    deletions: evidence,
    proofs: {
      prove: async (id) => {
        const index = lines.findIndex((line) => placedIdOf(JSON.parse(line) as LedgerRecord) === id);
        if (index < 0 || !isSealed(ledger)) return { state: 'not-yet-sealed' };
        return { state: 'sealed', receipt: await receiptFor(ledger.files, index, lines.length) };
      },
    },
    subjectKeys,
    now: () => CERTIFIED_AT,
  })('4711' as ContactId);
}

/** The certificate as the command makes it from the same ledger. */
export async function certificateFromLedger({ ledger }: World): Promise<DeletionCertificate | undefined> {
  const history = new ContactHistory();
  const leaves = leavesOf(ledger.files);
  for (const index of leaves.keys()) {
    const { leaf, proof, checkpoint } = await receiptFor(ledger.files, index, leaves.length);
    history.add({ index, object: 0, state: 'sealed', leaf, proof }, checkpoint);
  }
  return history.certificate(CERTIFIED_AT, leaves.length);
}

function isSealed({ files }: SampleLedger): boolean {
  return [...files.keys()].some((key) => key.startsWith('checkpoints/'));
}
