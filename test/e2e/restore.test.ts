import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { clientOptions } from '../../infra/local/clients.ts';
import { heed as heedCommand } from '../../infra/local/walk/ledger.ts';
import { newAddress } from './addresses.ts';
import { json } from './http.ts';
import { authorization, heed, optOut, press, receiveErasureLink, sealAll, stack } from './world.ts';

const dynamo = new DynamoDBClient(clientOptions(stack));

async function itemsOf(TableName: string) {
  const items = [];
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName })) items.push(...Items);
  return items;
}

/** What a point-in-time restore makes: the items, and nothing else of the table (DD-09). */
async function restored(table: string): Promise<string> {
  const TableName = `restored-${randomBytes(4).toString('hex')}`;
  const keys = ['pk', 'sk'] as const;
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  for (const Item of await itemsOf(table)) await dynamo.send(new PutItemCommand({ TableName, Item }));
  return TableName;
}

async function contact(id: string, method: string, under = '', body?: object) {
  const headers = await authorization();
  const { status, body: text } = await heed(`/v1/contacts/${id}${under}`, {
    method,
    ...(body ? json(body, headers) : { headers }),
  });
  expect(status, text).toBeLessThan(300);
}

/** The contact's items by sort key, as far as they decide what is kept until when. */
async function stateOf(table: string, subjectKey: string): Promise<Record<string, object>> {
  const items = (await itemsOf(table)).map((item) => unmarshall(item));
  const own = items.filter(({ pk }) => String(pk) === `CONTACT#${subjectKey}`);
  return Object.fromEntries(own.map(({ sk, state, due, expiresAt }) => [sk, { state, due, expiresAt }]));
}

test('a restored copy forgets and honours again all that happened since (DD-09)', async () => {
  const email = newAddress();
  const [erased, cancelled] = [
    `restore-${randomBytes(4).toString('hex')}`,
    `restore-${randomBytes(4).toString('hex')}`,
  ];
  const classes = { account: { data: { name: 'of the customer' } }, billing: {} };
  await contact(erased, 'PUT', '', { identifiers: [{ email }], classes });
  await contact(cancelled, 'PUT', '', { identifiers: [], classes });
  // The ledger tells times to the second.
  await sleep(1100);
  const since = `${new Date().toISOString().slice(0, 19)}Z`;
  const copy = { registry: await restored(stack.tables.registry), contacts: await restored(stack.tables.contacts) };

  await optOut({ email });
  await press(await receiveErasureLink(email));
  await contact(cancelled, 'POST', '/cancellation', { cancelledAt: new Date().toISOString() });
  await sealAll();

  const keys = (await itemsOf(stack.tables.contacts)).map((item) => unmarshall(item));
  const keyOf = (id: string) =>
    String(keys.find(({ contactId, sk }) => contactId === id && sk === 'CONTACT')?.subjectKey);
  expect(await stateOf(copy.contacts, keyOf(erased))).toHaveProperty('CLASS#account');

  const tables = ['--registry', copy.registry, '--contacts', copy.contacts];
  const command = ['replay-after-restore', `s3://${stack.auditBucket}/`, '--since', since, ...tables];
  const { code, output } = await heedCommand(stack, [...command, '--apply']);
  // 1: it names what a restore does not bring back, time to live for one.
  expect(code, output).toBe(1);

  for (const id of [erased, cancelled])
    expect(await stateOf(copy.contacts, keyOf(id))).toEqual(await stateOf(stack.tables.contacts, keyOf(id)));
  expect(await stateOf(copy.contacts, keyOf(erased))).not.toHaveProperty('CLASS#account');
  const suppressions = async (table: string) =>
    (await itemsOf(table))
      .map((item) => unmarshall(item))
      .filter(({ sk }) => sk === 'SUPPRESSION')
      .map(({ pk }) => pk);
  expect(new Set(await suppressions(copy.registry))).toEqual(new Set(await suppressions(stack.tables.registry)));
});
