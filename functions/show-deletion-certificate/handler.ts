import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { dynamoDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { storedLedgerProofs } from '../../shared/adapters/ledger-proofs.ts';
import { log } from '../../shared/adapters/log.ts';
import { s3LedgerReader } from '../../shared/adapters/s3-ledger-objects.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import type { ContactId } from '../../shared/domain/contact/contact.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { showDeletionCertificate } from './show-deletion-certificate.ts';

const settings = readSettings();
const now = systemTime;
const table = openTable(readVariable(ENV.contactsTable));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const places = dynamoLedgerPlaces(openTable(readVariable(ENV.ledgerTable)), {
  now,
  days: settings.retention.requestDays,
});
const proofs = storedLedgerProofs({ places, reader: s3LedgerReader(readVariable(ENV.auditBucket)) });

export const handler = httpDoor(
  async ({ params }) => {
    const { subjectKeys } = await keyRing();
    const contacts = dynamoContacts(table, subjectKeys, now);
    const show = showDeletionCertificate({ contacts, deletions: dynamoDeletions(table), proofs, subjectKeys, now });
    const certificate = await show((params.id ?? '') as ContactId);
    // As for a contact that never was.
    if (certificate === undefined) throw new VisibleError('not-found', 'contact.unknown', 'There is no such contact');
    return jsonReply(200, certificate);
  },
  { settings, report: (error, route) => log('error', 'A certificate could not be made', { error, route }) },
);
