import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { LedgerObjects } from '../../shared/domain/ports/ledger-objects.ts';
import { LEDGER_PREFIX } from '../../shared/names.ts';
import type { RegistryChange } from '../../shared/stream/registry-change.ts';
import { ledgerRecord } from './ledger-record.ts';

/** DynamoDB's sequence numbers have up to this many digits; padded, keys list in order of their shard. */
const SEQUENCE_DIGITS = 40;

/**
 * Writes a batch of changes as one gzip NDJSON object. The key is made from the batch, and nothing overwrites, so that a batch delivered
 * twice adds nothing; order within the object is that of the stream.
 */
export function appendLedger({ objects }: { objects: LedgerObjects }) {
  return async (changes: readonly RegistryChange[]): Promise<'stored' | 'exists' | 'empty'> => {
    const [first] = changes;
    if (first === undefined) return 'empty';
    const lines = changes.map((change) => `${JSON.stringify(ledgerRecord(change))}\n`);
    return await objects.putOnce(objectKey(first, changes), gzipSync(lines.join('')));
  };
}

function objectKey(first: RegistryChange, changes: readonly RegistryChange[]): string {
  const batch = createHash('sha256')
    .update(changes.map(({ eventId }) => eventId).join('\n'))
    .digest('hex')
    .slice(0, 16);
  return `${LEDGER_PREFIX}${first.sequenceNumber.padStart(SEQUENCE_DIGITS, '0')}-${batch}.ndjson.gz`;
}
