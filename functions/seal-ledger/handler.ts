import { dynamoLedgerHeads } from '../../shared/adapters/dynamo/ledger-table.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { kmsSigner } from '../../shared/adapters/kms-signer.ts';
import { log } from '../../shared/adapters/log.ts';
import { s3LedgerObjects, s3LedgerReader } from '../../shared/adapters/s3-ledger-objects.ts';
import { ENV } from '../../shared/names.ts';
import { readVariable } from '../../shared/settings.ts';
import { type SealOutcome, sealLedger } from './seal-ledger.ts';

const bucket = readVariable(ENV.auditBucket);
const signingKey = readVariable(ENV.signingKey);
const origin = readVariable(ENV.ledgerOrigin);

const seal = sealLedger({
  heads: dynamoLedgerHeads(openTable(readVariable(ENV.ledgerTable)), systemTime),
  objects: s3LedgerObjects(bucket),
  reader: s3LedgerReader(bucket),
  signer: () => kmsSigner(signingKey, origin),
  now: systemTime,
});

/** A failure is thrown: it is the alarm of this function, and the next schedule tries again. */
export async function handler(): Promise<{ outcome: SealOutcome }> {
  try {
    const outcome = await seal();
    log('info', 'The ledger was looked at for sealing', { outcome });
    return { outcome };
  } catch (error) {
    log('error', 'The ledger could not be sealed', { error });
    throw error;
  }
}
