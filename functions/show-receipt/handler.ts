import { dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { storedLedgerProofs } from '../../shared/adapters/ledger-proofs.ts';
import { log } from '../../shared/adapters/log.ts';
import { s3LedgerReader } from '../../shared/adapters/s3-ledger-objects.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { type ReceiptProof, receiptReply } from './receipt-reply.ts';
import { type Receipt, showReceipt } from './show-receipt.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const ports = { requests: dynamoRequests(table), suppressions: dynamoSuppressions(table), now: systemTime };
const proofs = storedLedgerProofs({
  places: dynamoLedgerPlaces(openTable(readVariable(ENV.ledgerTable)), {
    now: systemTime,
    days: settings.retention.requestDays,
  }),
  reader: s3LedgerReader(readVariable(ENV.auditBucket)),
});

// Named failure: the ledger does not answer. The receipt is true without its proof, and says that the proof comes later.
async function proofOf({ requestId }: Receipt): Promise<ReceiptProof> {
  try {
    return await proofs.prove(requestId);
  } catch (error) {
    log('error', 'A receipt is shown without its proof', { error, requestId });
    return { state: 'unavailable' };
  }
}

export const handler = httpDoor(
  async (request) => {
    const receipt = await showReceipt({ ...ports, ...(await keyRing()) })(request.token);
    const frame = pageFrame(requestLocale(request, settings, receipt?.locale), settings);
    if (receipt === undefined) return neutralReply(frame, publicUrl);
    const minutes = settings.ledger.sealEveryMinutes;
    return receiptReply(request, { frame, receipt, proof: await proofOf(receipt), minutes });
  },
  { settings, report: (error, route) => log('error', 'A receipt could not be shown', { error, route }) },
);
