import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendLedger } from '../../functions/append-ledger/append-ledger.ts';
import { ledgerLine } from '../../functions/append-ledger/ledger-record.ts';
import { dispatch } from '../../functions/dispatch/dispatch.ts';
import { sealLedger } from '../../functions/seal-ledger/seal-ledger.ts';
import { showDeletionCertificate } from '../../functions/show-deletion-certificate/show-deletion-certificate.ts';
import { releaseLapsedHolds } from '../../functions/sweep-expired/release-lapsed-holds.ts';
import { verdictOf } from '../../functions/verify-certificate/certificate-words.ts';
import { dynamoContactIndex } from '../../shared/adapters/dynamo/contact-index.ts';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { dynamoDeletions, dynamoUnfinishedDeletions } from '../../shared/adapters/dynamo/deletions.ts';
import { dynamoLedgerHeads, dynamoLedgerPlaces } from '../../shared/adapters/dynamo/ledger-table.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { storedLedgerProofs } from '../../shared/adapters/ledger-proofs.ts';
import { type ChangeContactPorts, changeContact } from '../../shared/domain/contact/change-contact.ts';
import { checkCertificate } from '../../shared/domain/contact/check-certificate.ts';
import type { Contact, ContactId } from '../../shared/domain/contact/contact.ts';
import { cancelContact, holdContact, putContact } from '../../shared/domain/contact/contact-changes.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import { readChange } from '../../shared/stream/registry-change.ts';
import { describeDeletions } from '../support/deletions-contract.ts';
import {
  createLedgerTable,
  createRegistry,
  type DynamoDbLocal,
  enableTtl,
  startDynamoDbLocal,
  whyNoDynamoDbLocal,
} from '../support/dynamodb-local.ts';
import { logKey, logSigner } from '../support/ledger-folder.ts';
import { memoryEventBus } from '../support/memory-event-bus.ts';
import { memoryLedgerObjects } from '../support/memory-ledger-objects.ts';
import { memoryMailQueue } from '../support/memory-mail-queue.ts';
import { asLambdaHasIt, readStream } from '../support/read-stream.ts';
import { sampleDeletion } from '../support/sample-deletion.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const now = () => new Date();
const { subjectKeys } = testKeyRing();
const { marketing } = DEFAULT_SCHEDULE.classes;
if (marketing === undefined) throw new Error('The default schedule lacks marketing');
const SCHEDULE: RetentionSchedule = { ...DEFAULT_SCHEDULE, classes: { marketing: { ...marketing, period: 'PT2S' } } };

const namesOf = (contactId: ContactId) => ({
  contactId,
  keys: subjectKeys.all({ kind: 'customer', canonical: contactId }),
});

/** A customer with marketing data who cancels at this moment; held, if asked, before the end. */
async function cancelled(ports: ChangeContactPorts, contactId: ContactId, isHeld: boolean): Promise<void> {
  await changeContact(ports)(namesOf(contactId), (_, time) => {
    const rules = { schedule: SCHEDULE, now: time };
    const names = { contactId, subjectKey: namesOf(contactId).keys[0] };
    const classes = { marketing: { data: { segment: 'canary' } } };
    const put = putContact(undefined, names, { identifiers: [identify('jane@example.org')], classes }, rules).contact;
    const { contact } = cancelContact(put, names, { cancelledAt: time }, rules);
    const hold = { reason: 'A dispute', by: 'staff', placedAt: time, until: new Date(time.getTime() + 1000) };
    return { contact: isHeld ? holdContact(contact, 'dispute', hold, rules).contact : contact };
  });
}

describe.skipIf(whyNoDynamoDbLocal() !== undefined)('retention on DynamoDB Local', () => {
  let local: DynamoDbLocal | undefined;
  let streamArn: string;

  beforeAll(async () => {
    local = await startDynamoDbLocal();
    streamArn = await createRegistry('customers');
    await enableTtl('customers');
    await createRegistry('evidence');
    await createLedgerTable('proofs');
  });
  afterAll(() => local?.stop());

  describe('evaluates our expressions as we mean them:', () => {
    describeDeletions(() => dynamoDeletions(openTable('evidence')));

    it('counts deletions that wait for a system, and only those before the time', async () => {
      await createRegistry('waiting');
      const table = openTable('waiting');
      const [deletions, unfinished] = [dynamoDeletions(table), dynamoUnfinishedDeletions(table)];
      const deletion = sampleDeletion();
      await deletions.open(deletion);
      const after = new Date(deletion.deletedAt.getTime() + 1);
      expect(await unfinished.countDeletedBefore(deletion.deletedAt)).toBe(0);
      expect(await unfinished.countDeletedBefore(after)).toBe(1);
      for (const system of deletion.systems) await deletions.acknowledge(deletion, system, { at: after });
      expect(await unfinished.countDeletedBefore(after)).toBe(0);
    });
  });

  it("deletes a class by DynamoDB's own TTL and certifies it; what is on hold stays (DD-04, DD-05)", async () => {
    const table = openTable('customers');
    const contacts = dynamoContacts(table, subjectKeys, now);
    const [mortal, held] = ['mortal' as ContactId, 'held' as ContactId];
    await cancelled({ contacts, now }, mortal, false);
    await cancelled({ contacts, now }, held, true);
    const read = async (id: ContactId): Promise<Contact | undefined> =>
      livingContact((await contacts.read(id, namesOf(id).keys))?.contact, now());

    await readStream(streamArn, (found) => found.some(isClassRemoval));
    expect(await read(mortal)).toBeUndefined();
    expect(Object.keys((await read(held))?.classes ?? {})).toEqual(['marketing']);

    const deletions = dynamoDeletions(table);
    const eventBus = memoryEventBus();
    const tell = dispatch({ mailQueue: memoryMailQueue(), eventBus, deletions, schedule: SCHEDULE, evidenceDays: 760 });
    const follow = async (records: DynamoDBRecord[]) => {
      for (const record of records) await tell(readChange(record));
    };
    const told = (await readStream(streamArn, (found) => found.some(isClassRemoval))).map(asLambdaHasIt);
    await follow(told);
    const all = (await readStream(streamArn, (found) => found.some(isEvidence))).map(asLambdaHasIt);
    await follow(all.slice(told.length));
    expect(eventBus.events).toMatchObject([
      { type: 'contact.class.expired', class: 'marketing', by: 'ttl', systems: ['crm', 'mail-platform'] },
    ]);

    const bucket = memoryLedgerObjects();
    const [heads, places] = [
      dynamoLedgerHeads(openTable('proofs'), now),
      dynamoLedgerPlaces(openTable('proofs'), { now, days: 760 }),
    ];
    const ledger = { heads, places, objects: bucket, reader: bucket };
    const append = appendLedger({ ...ledger, pause: async () => {}, askForSeal: async () => {}, maxWaiting: 1000 });
    await append(all.map((record) => ledgerLine(record, fail)));
    const lines = bucket.records();
    await sealLedger({ heads, objects: bucket, reader: bucket, signer: async () => logSigner, now })();

    const proofs = storedLedgerProofs({ places, reader: bucket });
    const certify = showDeletionCertificate({ contacts, deletions, proofs, subjectKeys, now });
    const certificate = await certify(mortal);
    if (certificate === undefined) throw new Error('No certificate was made');
    expect(certificate).toMatchObject({ state: 'complete', deletions: [{ class: 'marketing', by: 'ttl' }] });
    expect(verdictOf(checkCertificate(certificate, [logKey]))).toBe('proven');
    expect(JSON.stringify([certificate, lines, eventBus.events])).not.toMatch(/jane|canary|mortal/);
    expect(await certify(held)).toBeUndefined();
  }, 90_000);

  it('releases a hold that lapsed, and gives what was due meanwhile its grace', async () => {
    await createRegistry('lapsed');
    const table = openTable('lapsed');
    const contacts = dynamoContacts(table, subjectKeys, now);
    const held = 'lapsed' as ContactId;
    await cancelled({ contacts, now }, held, true);
    const later = () => new Date(Date.now() + 60_000);
    const release = releaseLapsedHolds({
      ...{ contacts, index: dynamoContactIndex(table), schedule: SCHEDULE },
      ...{ now: later, graceDays: 7 },
    });
    expect(await release()).toBe(1);
    expect(await release()).toBe(0);
    const contact = (await contacts.read(held, namesOf(held).keys))?.contact;
    expect(contact?.holds).toEqual({});
    const graceEnds = contact?.classes.marketing?.notBefore?.getTime() ?? 0;
    expect(graceEnds).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect(contact?.classes.marketing?.expiresAt).toBe(Math.ceil(graceEnds / 1000));
  });
});

function isClassRemoval({ eventName, dynamodb }: _Record): boolean {
  return eventName === 'REMOVE' && dynamodb?.Keys?.sk?.S?.startsWith('CLASS#') === true;
}

function isEvidence({ eventName, dynamodb }: _Record): boolean {
  return eventName === 'INSERT' && dynamodb?.Keys?.pk?.S?.startsWith('DELETED#') === true;
}

function fail(error: unknown): never {
  throw error;
}
