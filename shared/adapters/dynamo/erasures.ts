import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Erasures } from '../../domain/ports/erasures.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import { consume, updateRequest } from './confirmation-effects.ts';
import { requestKey, SUBJECT_PREFIX } from './keys.ts';
import { type Attributes, queryAll, reach, type Table, toItem, transact } from './table.ts';

/** {@link Erasures} in the Registry. */
export function dynamoErasures(table: Table): Erasures {
  return {
    confirm: async (link, now) => {
      const noted = updateRequest(table, link, { state: 'confirmed', confirmedAt: now.toISOString() });
      const failed = await transact(table, { TransactItems: [consume(table, link, now), noted] });
      return failed.length === 0 ? 'confirmed' : 'already-used';
    },
    pseudonymise: async (keys) => {
      for (const key of keys) for (const item of await readableItems(table, key)) await strip(table, item);
    },
    finish: async (link, now) => {
      await updateUnless(table, {
        Key: toItem(requestKey(link)),
        UpdateExpression: 'SET #state = :effective, respondedAt = :now ADD version :one',
        ConditionExpression: 'attribute_exists(pk) AND #state <> :effective',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: toItem({ ':effective': 'effective', ':now': now.toISOString(), ':one': 1 }),
      });
    },
  };
}

async function readableItems(table: Table, subjectKey: SubjectKey): Promise<Attributes[]> {
  const items = await queryAll(table, SUBJECT_PREFIX + subjectKey);
  return items.filter((item) => readablePlaces(item).length > 0 || (item.maskedAddress ?? '') !== '');
}

/**
 * Where an item names the person, apart from the masked address. Who acted for them, and with what permission, is the record's evidence and stays
 * (CC-22), as does a complaint, whose answer is still owed (UK-01).
 */
function readablePlaces({ mailTo, textTo, intake }: Attributes): string[] {
  const places = { mailTo, textTo, 'intake.note': (intake as { note?: unknown } | undefined)?.note };
  return Object.entries(places).flatMap(([place, value]) => (value === undefined ? [] : [place]));
}

// Named condition: stillThere. An update of what TTL has just taken would bring a part of it back.
async function strip(table: Table, item: Attributes): Promise<void> {
  const places = readablePlaces(item);
  const { pk, sk } = item;
  await updateUnless(table, {
    Key: toItem({ pk, sk }),
    UpdateExpression: `SET maskedAddress = :none${places.length > 0 ? ` REMOVE ${places.join(', ')}` : ''} ADD version :one`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: toItem({ ':none': '', ':one': 1 }),
  });
}

/** An update whose condition says that there is nothing left to do. */
async function updateUnless(table: Table, input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<void> {
  try {
    await table.client.send(new UpdateItemCommand({ TableName: table.name, ...input }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) await reach(Promise.reject(error));
  }
}
