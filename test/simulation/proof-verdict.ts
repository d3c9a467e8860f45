import { storedLedgerProofs } from '../../shared/adapters/ledger-proofs.ts';
import { type PlacedId, placedIdOf } from '../../shared/domain/ledger/placed-id.ts';
import { verifyReceipt } from '../../shared/domain/ledger/receipt.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import { simulatedKey } from './signer.ts';
import type { World } from './world.ts';

/** Proves every record that is proven alone; and finds places of records that the ledger does not hold. */
export async function proofProblems({ bucket, table }: World, lines: readonly string[]): Promise<string[]> {
  const { prove } = storedLedgerProofs({
    places: { find: async (placedId) => table.places.get(placedId) },
    reader: {
      get: async (key) => bucket.objects.get(key),
      firstAfter: async (prefix, after) => bucket.list(prefix).find((key) => key > after),
    },
  });
  const received = new Map(lines.flatMap((line, index) => placedIn(line).map((id) => [id, { line, index }])));
  const found = [...table.places.keys()].filter((id) => !received.has(id as PlacedId)).map((id) => `stray place ${id}`);
  for (const [placedId, { line, index }] of received) {
    const proof = await prove(placedId).catch(String);
    if (typeof proof === 'string' || proof.state !== 'sealed') found.push(`${placedId} is not proven`);
    else if (proof.receipt.leaf !== line || proof.receipt.index !== index) found.push(`${placedId} has a wrong place`);
    else if (verifyReceipt(proof.receipt, [simulatedKey]).kind !== 'proven')
      found.push(`${placedId} has a wrong proof`);
  }
  return found;
}

function placedIn(line: string): PlacedId[] {
  return [placedIdOf(JSON.parse(line) as LedgerRecord)].filter((id) => id !== undefined);
}
