import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { PAGE_MANNERS } from '../../domain/burst.ts';
import type { ScopeName } from '../../domain/scope.ts';
import type { SubjectKey } from '../../domain/subject.ts';
import type { Choice } from '../../domain/suppression.ts';
import { BEGAN_ATTRIBUTE_PREFIX, SCOPE_ATTRIBUTE_PREFIX, suppressionKey } from './keys.ts';
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

const BUTTONS = PAGE_MANNERS.map((manner, index) => [`:button${index}`, manner] as const);

/**
 * At least one of the scopes is not opted out; or something was opted in since, which may cover it; or it was a page's button that stopped it:
 * if that was a program's press and is undone, this person's own word must be on record.
 */
export const someScopeIsStillOpen: Condition = {
  expression: (attributes) =>
    attributes
      .flatMap((name) => [
        `attribute_not_exists(${name}) OR ${name}.#state <> :out OR #lastOptIn > ${name}.#since`,
        ...BUTTONS.map(([button]) => `${name}.#manner = ${button}`),
      ])
      .join(' OR '),
  names: { '#state': 'state', '#since': 'since', '#manner': 'manner', '#lastOptIn': LAST_CHOICE['opted-in'] },
  values: { ':out': 'opted-out', ...Object.fromEntries(BUTTONS) },
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
  const began = write.scopes.map((scope, index) => [`#b${index}`, BEGAN_ATTRIBUTE_PREFIX + scope] as const);
  const isStop = choice.state !== 'opted-in';
  // The first request of an unbroken stop stays named, whatever repeats it; see `burst-undo.ts`.
  const keep = isStop ? began.map(([name]) => `, ${name} = if_not_exists(${name}, :request)`).join('') : '';
  const end = isStop ? '' : ` REMOVE ${began.map(([name]) => name).join(', ')}`;
  return {
    Update: {
      TableName: table.name,
      Key: toItem(suppressionKey(subjectKey)),
      UpdateExpression: `SET ${attributes.map((name) => `${name} = :choice`).join(', ')}, #last = :since, subjectKey = :subject${keep}${end} ADD version :one`,
      ConditionExpression: condition?.expression(attributes),
      ExpressionAttributeNames: {
        ...Object.fromEntries([...names, ...began]),
        '#last': LAST_CHOICE[choice.state],
        ...condition?.names,
      },
      ExpressionAttributeValues: toItem({
        ':choice': choiceAttribute(choice),
        ':since': choice.since.toISOString(),
        ':subject': subjectKey,
        ':one': 1,
        ...(isStop ? { ':request': choice.requestId } : {}),
        ...condition?.values,
      }),
    },
  };
}
