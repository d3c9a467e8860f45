import { proveReceipt } from '../../functions/show-receipt/prove-receipt.ts';
import { verifyReceipt } from '../../shared/domain/ledger/receipt.ts';
import type { LedgerRecord } from '../../shared/domain/ledger/record.ts';
import type { RequestId } from '../../shared/domain/request.ts';
import { simulatedKey } from './signer.ts';
import type { World } from './world.ts';

/** Proves every request that the ledger holds; and finds places of requests that it does not hold. */
export async function proofProblems({ bucket, table }: World, lines: readonly string[]): Promise<string[]> {
  const prove = proveReceipt({
    places: { find: async (requestId) => table.places.get(requestId) },
    reader: {
      get: async (key) => bucket.objects.get(key),
      firstAfter: async (prefix, after) => bucket.list(prefix).find((key) => key > after),
    },
  });
  const received = new Map(lines.flatMap((line, index) => receivedIn(line).map((id) => [id, { line, index }])));
  const found = [...table.places.keys()]
    .filter((id) => !received.has(id as RequestId))
    .map((id) => `stray place ${id}`);
  for (const [requestId, { line, index }] of received) {
    const proof = await prove(requestId).catch(String);
    if (typeof proof === 'string' || proof.state !== 'sealed') found.push(`${requestId} is not proven`);
    else if (proof.receipt.leaf !== line || proof.receipt.index !== index) found.push(`${requestId} has a wrong place`);
    else if (verifyReceipt(proof.receipt, [simulatedKey]).kind !== 'proven')
      found.push(`${requestId} has a wrong proof`);
  }
  return found;
}

function receivedIn(line: string): RequestId[] {
  const { event, facts } = JSON.parse(line) as LedgerRecord;
  return event === 'request.created' ? [facts.requestId as RequestId] : [];
}
