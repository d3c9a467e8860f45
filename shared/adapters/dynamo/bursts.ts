import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PressedPeople, PressedPerson, Settlement, SourcedRequests } from '../../domain/ports/bursts.ts';
import type { RequestId } from '../../domain/request.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import {
  BEGAN_ATTRIBUTE_PREFIX,
  REACH_PREFIX,
  REQUEST_PREFIX,
  requestKey,
  SCOPE_ATTRIBUTE_PREFIX,
  SUBJECT_PREFIX,
  SUPPRESSION_SORT,
  suppressionKey,
} from './keys.ts';
import { isLiving, scanLiving } from './living-items.ts';
import { parseRequestItem, requestItem } from './request-item.ts';
import { parseChoices, UNDONE } from './suppression-item.ts';
import { type Attributes, queryAll, type Table, toItem, transact } from './table.ts';

/** {@link SourcedRequests} by a paged scan; docs/limits.md says up to which size. */
export function dynamoSourcedRequests(table: Table): SourcedRequests {
  return {
    list: async function* (since, now) {
      const filter = {
        FilterExpression: 'begins_with(sk, :sort) AND attribute_exists(#source) AND receivedAt >= :since',
        ExpressionAttributeNames: { '#source': 'source' },
        ExpressionAttributeValues: toItem({ ':sort': REQUEST_PREFIX, ':since': since.toISOString() }),
      };
      for await (const item of scanLiving(table, filter, now)) yield parseRequestItem(item);
    },
  };
}

/** {@link PressedPeople}: a person's items are one partition, and `version` guards the choices. */
export function dynamoPressedPeople(table: Table): PressedPeople {
  return {
    read: async (subjectKey, now) => {
      const items = await queryAll(table, SUBJECT_PREFIX + subjectKey);
      return personOf(
        subjectKey,
        items.filter((item) => isLiving(item, now)),
      );
    },
    settle: async (person, settlement) => {
      const failed = await transact(table, { TransactItems: actionsOf(table, person, settlement) });
      return failed.length === 0 ? 'settled' : 'changed-meanwhile';
    },
  };
}

/** A person out of all items of their partition. */
export function personOf(subjectKey: SubjectKey, items: readonly Attributes[]): PressedPerson {
  const suppression = items.find(({ sk }) => sk === SUPPRESSION_SORT) ?? {};
  const began = Object.entries(suppression)
    .filter(([name]) => name.startsWith(BEGAN_ATTRIBUTE_PREFIX))
    .map(([name, requestId]) => [name.slice(BEGAN_ATTRIBUTE_PREFIX.length), requestId as RequestId]);
  const way = items.find(({ sk, mailTo }) => String(sk).startsWith(REACH_PREFIX) && mailTo !== undefined);
  return {
    subjectKey,
    version: Number(suppression.version ?? 0),
    choices: parseChoices(suppression),
    began: Object.fromEntries(began),
    requests: items.filter(({ sk }) => String(sk).startsWith(REQUEST_PREFIX)).map(parseRequestItem),
    ...(way === undefined ? {} : { mailTo: String(way.mailTo) }),
  };
}

function actionsOf(table: Table, person: PressedPerson, settlement: Settlement): TransactWriteItem[] {
  const marks = settlement.presses.map((requestId) => mark(table, { ...person, requestId }, settlement));
  const { undo, names } = settlement;
  if (undo === undefined) return marks;
  const { requestId, manner, receivedAt } = undo;
  const choice = { state: UNDONE, since: receivedAt.toISOString(), requestId, manner };
  const put = {
    TableName: table.name,
    Item: toItem(requestItem(undo)),
    // Condition notUndoneBefore.
    ConditionExpression: 'attribute_not_exists(pk)',
  };
  return [putBack(table, person, { names, choice }), { Put: put }, ...marks];
}

// Condition nothingChosenSince. `lastOptOut` stays: it only makes an older wish to opt in fail, which is the safe side.
function putBack(
  table: Table,
  { subjectKey, version }: PressedPerson,
  { names, choice }: { names: readonly string[]; choice: Attributes },
): TransactWriteItem {
  const scopes = names.map((name, index) => [`#s${index}`, SCOPE_ATTRIBUTE_PREFIX + name] as const);
  const began = names.map((name, index) => [`#b${index}`, BEGAN_ATTRIBUTE_PREFIX + name] as const);
  const undone = scopes.map(([name]) => `${name} = :undone`).join(', ');
  return {
    Update: {
      TableName: table.name,
      Key: toItem(suppressionKey(subjectKey)),
      UpdateExpression: `SET ${undone} REMOVE ${began.map(([name]) => name).join(', ')} ADD version :one`,
      ConditionExpression: 'version = :version',
      ExpressionAttributeNames: Object.fromEntries([...scopes, ...began]),
      ExpressionAttributeValues: toItem({ ':undone': choice, ':version': version, ':one': 1 }),
    },
  };
}

// Named conditions: stillThere (an update of what TTL has just taken would bring a part of it back), notMarkedBefore.
function mark(
  table: Table,
  request: Parameters<typeof requestKey>[0],
  { burstId, actor }: Settlement,
): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem(requestKey(request)),
      UpdateExpression: 'SET burstId = :burst, undoneBy = :actor ADD version :one',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(burstId)',
      ExpressionAttributeValues: toItem({ ':burst': burstId, ':actor': actor, ':one': 1 }),
    },
  };
}
