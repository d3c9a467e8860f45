import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoContactIndex } from '../../shared/adapters/dynamo/contact-index.ts';
import { contactClassKey, contactKey, contactLinkKey } from '../../shared/adapters/dynamo/contact-keys.ts';
import { dynamoContacts } from '../../shared/adapters/dynamo/contacts.ts';
import { readLiving } from '../../shared/adapters/dynamo/requests.ts';
import { openTable, toItem } from '../../shared/adapters/dynamo/table.ts';
import type { Contact } from '../../shared/domain/contact/contact.ts';
import { hasEnded, livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import type { FoundContact } from '../../shared/domain/ports/contacts.ts';
import { CONTACT_NOW, cancelledLongAgo, keysOf, newCustomer, onHold } from './sample-contact.ts';
import { identify } from './sample-opt-out.ts';
import { ROTATED_SECRET, testKeyRing } from './test-key-ring.ts';

const LATER = new Date(CONTACT_NOW.getTime() + 60_000);
const LATER_SECONDS = epochSeconds(Math.floor(LATER.getTime() / 1000));

/** What the ports over the Contacts table promise, for whatever evaluates the expressions behind the SDK. Needs a table `contacts`. */
export function describeContacts(): void {
  const table = openTable('contacts');
  const { subjectKeys } = testKeyRing();
  const contacts = dynamoContacts(table, subjectKeys, () => CONTACT_NOW);
  const index = dynamoContactIndex(table);
  const read = (contact: Contact) => contacts.read(contact.contactId, keysOf(contact));
  const find = (typed: string, now = CONTACT_NOW) => index.findByIdentifier(subjectKeys.all(identify(typed)), now);
  const identity = ({ contactId, subjectKey }: Contact): FoundContact => ({ contactId, subjectKey });

  async function stored(contact: Contact): Promise<Contact> {
    expect(await contacts.replace(await read(contact), contact)).toBe('replaced');
    return contact;
  }

  async function spoil(contact: Contact, expiresAt: number): Promise<void> {
    const Key = toItem(contactClassKey(contact.subjectKey, 'account'));
    const update = {
      UpdateExpression: 'SET expiresAt = :end',
      ExpressionAttributeValues: toItem({ ':end': expiresAt }),
    };
    await table.client.send(new UpdateItemCommand({ TableName: table.name, Key, ...update }));
  }

  describe('contacts', () => {
    it('are read as they were written, whatever their data', async () => {
      const data = { constructor: [1e300, 0.1, null, 'ü'], deep: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) };
      const contact = newCustomer({ classes: { account: { data, lastContactAt: CONTACT_NOW }, billing: {} } });
      expect(await read(contact)).toBeUndefined();
      await stored(onHold(contact, { until: LATER }, 'constructor'));
      expect((await read(contact))?.contact).toEqual(onHold(contact, { until: LATER }, 'constructor'));
      const over = await stored(cancelledLongAgo(contact));
      expect((await read(contact))?.contact).toMatchObject(over);
    });

    it('count their writes; a class in which nothing changed keeps its version', async () => {
      const contact = await stored(newCustomer());
      await stored(putting(contact, { data: 'new' }));
      expect((await read(contact))?.versions).toEqual(
        new Map([
          ['CLASS#account', 2],
          ['CLASS#billing', 1],
          ['CONTACT', 2],
        ]),
      );
    });

    it('are written by one of several writers at once, wholly', async () => {
      const contact = await stored(newCustomer());
      const before = await read(contact);
      const nexts = ['a', 'b', 'c'].map((data) => putting(contact, { data }));
      const outcomes = await Promise.all(nexts.map((next) => contacts.replace(before, next)));
      expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1);
      expect((await read(contact))?.contact).toEqual(nexts[outcomes.indexOf('replaced')]);
    });

    it('are not made twice', async () => {
      const contact = await stored(newCustomer());
      expect(await contacts.replace(undefined, contact)).toBe('moved');
    });

    it('are not written over what TTL took meanwhile, changed or not', async () => {
      const contact = await stored(cancelledLongAgo(newCustomer()));
      const before = await read(contact);
      await contacts.purge({ contact, versions: new Map() }, LATER_SECONDS);
      expect(await contacts.replace(before, contact)).toBe('moved');
    });

    it('are purged of what is over and of nothing else, again and again', async () => {
      const contact = await stored(cancelledLongAgo(newCustomer()));
      const before = await read(contact);
      if (before === undefined) throw new Error('It was stored');
      expect(hasEnded(before.contact, LATER)).toBe(true);
      for (let time = 0; time < 2; time += 1) await contacts.purge(before, LATER_SECONDS);
      expect(Object.keys((await read(contact))?.contact.classes ?? {})).toEqual(['billing']);
    });

    it('are purged of nothing that somebody held meanwhile (DD-04)', async () => {
      const contact = await stored(cancelledLongAgo(newCustomer()));
      const before = await read(contact);
      if (before === undefined) throw new Error('It was stored');
      const saved = await stored(onHold(before.contact));
      await contacts.purge(before, LATER_SECONDS);
      const after = (await read(contact))?.contact;
      expect(Object.keys(after?.classes ?? {})).toEqual(['account', 'billing']);
      expect(livingContact(after, LATER)).toMatchObject({ holds: saved.holds });
    });

    it('are gone, links included, once all of them is over', async () => {
      const contact = await stored(cancelledLongAgo(newCustomer({ classes: { account: {} } })));
      const before = await read(contact);
      if (before === undefined) throw new Error('It was stored');
      await contacts.purge(before, LATER_SECONDS);
      expect(await read(contact)).toBeUndefined();
      const [link] = contact.identifiers.map((one) => contactLinkKey(subjectKeys.current(one), contact.subjectKey));
      expect(await readLiving(table, link ?? { pk: '', sk: '' }, new Date(0))).toBeUndefined();
    });

    it('are, without their own item, cancelled and without identifiers', async () => {
      const contact = await stored(onHold(newCustomer()));
      const orphan = { ...contact, classes: {}, expiresAt: epochSeconds(LATER_SECONDS - 1), holds: {} };
      const bare = { ...orphan, identifiers: [] };
      await contacts.replace(await read(contact), bare);
      await contacts.purge({ contact: bare, versions: new Map() }, LATER_SECONDS);
      expect(await readLiving(table, contactKey(contact.subjectKey), CONTACT_NOW)).toBeUndefined();
      expect((await read(contact))?.contact).toMatchObject({
        status: { state: 'cancelled' },
        identifiers: [],
        holds: {},
      });
    });

    it('keep the key under which they were first stored when the ring turns', async () => {
      const contact = await stored(newCustomer());
      const ring = testKeyRing(ROTATED_SECRET);
      const turned = dynamoContacts(table, ring.subjectKeys, () => CONTACT_NOW);
      const found = await turned.read(contact.contactId, keysOf(contact, ring));
      expect(found?.contact).toEqual(contact);
      await turned.replace(found, cancelledLongAgo(contact));
      const [identifier] = contact.identifiers;
      if (identifier === undefined) throw new Error('It has one');
      const [current, old] = ring.subjectKeys.all(identifier);
      expect(await index.findByIdentifier([current], CONTACT_NOW)).toEqual([identity(contact)]);
      expect(await index.findByIdentifier([old as typeof current], CONTACT_NOW)).toEqual([]);
    });

    it.each([1_600_000_000, 1_790_000_000_000, 0])('refuse the end %d, which TTL would ignore (DD-03)', async (end) => {
      const contact = newCustomer();
      const classes = { account: { expiresAt: end as ReturnType<typeof epochSeconds> } };
      await expect(contacts.replace(undefined, { ...contact, classes })).rejects.toThrow(RangeError);
      expect(await read(contact)).toBeUndefined();
      await stored(contact);
      if (end !== 1_600_000_000) {
        await spoil(contact, end);
        await expect(read(contact)).rejects.toThrow();
        await spoil(contact, LATER_SECONDS);
      }
    });
  });

  describe('the index of contacts', () => {
    it('finds each contact by each of its identifiers, and by no former one', async () => {
      const identifiers = ['shared@example.com', '+49 170 1234567'].map(identify);
      const [one, other] = [await stored(newCustomer({ identifiers })), await stored(newCustomer({ identifiers }))];
      expect(await find('shared@example.com')).toEqual(expect.arrayContaining([identity(one), identity(other)]));
      expect(await find('+491701234567')).toHaveLength(2);
      await stored({ ...one, identifiers: identifiers.slice(1) });
      expect(await find('shared@example.com')).toEqual([identity(other)]);
      for (const contact of [one, other]) await stored({ ...contact, identifiers: [] });
      expect(await find('+491701234567')).toEqual([]);
    });

    it('finds nothing that is over, deleted or not (DD-02)', async () => {
      const identifiers = [identify('over@example.com')];
      const contact = await stored(cancelledLongAgo(newCustomer({ identifiers, classes: { account: {} } })));
      expect(await find('over@example.com')).toEqual([identity(contact)]);
      expect(await find('over@example.com', LATER)).toEqual([]);
    });

    it('lists all, page by page, from where it was left', async () => {
      const made: Contact[] = [];
      for (let count = 0; count < 5; count += 1) made.push(await stored(newCustomer()));
      const listed: FoundContact[] = [];
      let cursor: string | undefined;
      do {
        const [page] = await firstOf(index.list(cursor));
        listed.push(...(page?.contacts ?? []));
        cursor = page?.cursor;
      } while (cursor !== undefined);
      expect(listed).toEqual(expect.arrayContaining(made.map(identity)));
      expect(new Set(listed.map(({ subjectKey }) => subjectKey)).size).toBe(listed.length);
    });

    it('lists those of whom a hold has lapsed', async () => {
      const lapsed = await stored(onHold(onHold(newCustomer(), { until: CONTACT_NOW }), {}, 'audit-1'));
      const others = [
        await stored(onHold(newCustomer())),
        await stored(onHold(newCustomer(), { until: new Date(LATER.getTime() + 9000) })),
      ];
      const listed: FoundContact[] = [];
      for await (const found of index.listLapsedHolds(LATER_SECONDS)) listed.push(found);
      expect(listed).toContainEqual(identity(lapsed));
      for (const other of others) expect(listed).not.toContainEqual(identity(other));
    });
  });
}

function putting(contact: Contact, account: Contact['classes'][string]): Contact {
  return { ...contact, classes: { ...contact.classes, account } };
}

async function firstOf<T>(source: AsyncIterable<T>): Promise<[T | undefined]> {
  for await (const one of source) return [one];
  return [undefined];
}
