import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ScopeName } from '../../domain/scope.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import type { Choice } from '../../domain/suppression.ts';
import { SCOPE_ATTRIBUTE_PREFIX, suppressionKey } from './keys.ts';
import { choiceAttribute } from './suppression-item.ts';
import { type Table, toItem } from './table.ts';

/** Same choice about some scopes of one subject. */
export interface ScopesWrite {
  subjectKey: SubjectKey;
  scopes: readonly ScopeName[];
  choice: Choice;
  condition?: Condition;
}

/** A named condition over the attributes of all scopes that are written. */
interface Condition {
  expression: (attribute: string) => string;
  join: ' OR ' | ' AND ';
  names: Record<string, string>;
  values: Record<string, string>;
}

/** At least one of the scopes is not opted out yet. */
export const someScopeIsStillOpen: Condition = {
  expression: (attribute) => `attribute_not_exists(${attribute}) OR ${attribute}.#state <> :out`,
  join: ' OR ',
  names: { '#state': 'state' },
  values: { ':out': 'opted-out' },
};

/** None of the scopes has a choice made after `time`. */
export function noChoiceSince(time: Date): Condition {
  return {
    expression: (attribute) => `(attribute_not_exists(${attribute}) OR ${attribute}.#since <= :time)`,
    join: ' AND ',
    names: { '#since': 'since' },
    values: { ':time': time.toISOString() },
  };
}

// Each choice is an attribute of its own, not an entry of a map: DynamoDB cannot set a map's entry while the map does not exist,
// and an opt-out must be one write that reads nothing. No TTL attribute is ever set here (CS-08).
export function suppressionUpdate(table: Table, write: ScopesWrite): TransactWriteItem {
  const { subjectKey, choice, condition } = write;
  const names = write.scopes.map((scope, index) => [`#s${index}`, SCOPE_ATTRIBUTE_PREFIX + scope] as const);
  const attributes = names.map(([name]) => name);
  return {
    Update: {
      TableName: table.name,
      Key: toItem(suppressionKey(subjectKey)),
      UpdateExpression: `SET ${attributes.map((name) => `${name} = :choice`).join(', ')}, subjectKey = :subject ADD version :one`,
      ConditionExpression: condition && attributes.map(condition.expression).join(condition.join),
      ExpressionAttributeNames: { ...Object.fromEntries(names), ...condition?.names },
      ExpressionAttributeValues: toItem({
        ':choice': choiceAttribute(choice),
        ':subject': subjectKey,
        ':one': 1,
        ...condition?.values,
      }),
    },
  };
}
