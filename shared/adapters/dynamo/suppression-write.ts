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

/** A named condition; `expression` is given the attributes of the scopes that are written. */
interface Condition {
  expression: (attributes: readonly string[]) => string;
  names: Record<string, string>;
  values: Record<string, string>;
}

/**
 * When the subject last chose each way, about whatever scope: a broader choice decides about a narrower scope, too. A pause stops as well, so
 * that an older wish to opt in does not pass it by.
 */
const LAST_CHOICE = { 'opted-out': 'lastOptOut', paused: 'lastOptOut', 'opted-in': 'lastOptIn' } as const;

/** At least one of the scopes is not opted out, or something was opted in since, which may cover it. */
export const someScopeIsStillOpen: Condition = {
  expression: (attributes) =>
    attributes
      .map((name) => `attribute_not_exists(${name}) OR ${name}.#state <> :out OR #lastOptIn > ${name}.#since`)
      .join(' OR '),
  names: { '#state': 'state', '#since': 'since', '#lastOptIn': LAST_CHOICE['opted-in'] },
  values: { ':out': 'opted-out' },
};

/** Nothing was opted out or paused after `time`, in whatever scope: broader or narrower, the lifted scopes would overrule it. */
export function noOptOutSince(time: Date): Condition {
  return {
    expression: () => 'attribute_not_exists(#lastOptOut) OR #lastOptOut <= :time',
    names: { '#lastOptOut': LAST_CHOICE['opted-out'] },
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
      UpdateExpression: `SET ${attributes.map((name) => `${name} = :choice`).join(', ')}, #last = :since, subjectKey = :subject ADD version :one`,
      ConditionExpression: condition?.expression(attributes),
      ExpressionAttributeNames: {
        ...Object.fromEntries(names),
        '#last': LAST_CHOICE[choice.state],
        ...condition?.names,
      },
      ExpressionAttributeValues: toItem({
        ':choice': choiceAttribute(choice),
        ':since': choice.since.toISOString(),
        ':subject': subjectKey,
        ':one': 1,
        ...condition?.values,
      }),
    },
  };
}
