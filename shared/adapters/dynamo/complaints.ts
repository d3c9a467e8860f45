import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ACKNOWLEDGING_RECEIPTS,
  COMPLAINT_MOVES,
  type ComplaintEvent,
  type ComplaintState,
} from '../../domain/complaint.ts';
import { isExpired } from '../../domain/epoch.ts';
import type { ComplaintChange, Complaints } from '../../domain/ports/complaints.ts';
import type { RequestKey } from '../../domain/ports/requests.ts';
import { requestKey } from './keys.ts';
import { stepItem } from './request-item.ts';
import { fromItem, reach, type Table, toItem } from './table.ts';

/** {@link Complaints} as one conditional update each. */
export function dynamoComplaints(table: Table): Complaints {
  return { advance: (key, change) => advance(table, key, change) };
}

async function advance(table: Table, key: RequestKey, change: ComplaintChange) {
  try {
    await table.client.send(advanceCommand(table, key, change));
    return COMPLAINT_MOVES[change.step.event].to;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return reasonOf(error, change.step.at);
    return await reach<ComplaintState>(Promise.reject(error));
  }
}

function advanceCommand(table: Table, key: RequestKey, { step, expiresAt, answerBy }: ComplaintChange) {
  const allowed = stateAllows(step.event);
  const isAnew = answerBy === undefined ? '' : ', answerBy = :answerBy';
  return new UpdateItemCommand({
    TableName: table.name,
    Key: toItem(requestKey(key)),
    UpdateExpression: `SET #state = :to, expiresAt = :expiresAt, steps = list_append(steps, :step)${isAnew} ADD version :one`,
    ConditionExpression: `#type = :complaint AND expiresAt > :now AND (${allowed.expression})`,
    ExpressionAttributeNames: { '#state': 'state', '#type': 'type' },
    ExpressionAttributeValues: toItem({
      ...allowed.values,
      ':to': COMPLAINT_MOVES[step.event].to,
      ':expiresAt': expiresAt,
      ':step': [stepItem(step)],
      ':answerBy': answerBy,
      ':one': 1,
      ':complaint': 'complaint',
      ':now': Math.floor(step.at.getTime() / 1000),
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

// DynamoDB refuses parentheses that it does not need; AND binds before OR.
// Condition stateAllows: the table of states as an expression. A complaint whose mail is on its way is acknowledged, though nobody wrote so.
function stateAllows(event: ComplaintEvent) {
  const { from } = COMPLAINT_MOVES[event];
  const stored = from.map((state) =>
    state === 'received' ? `#state = :received AND ${notMailed}` : `#state = :${state}`,
  );
  const byMail = from.includes('acknowledged') ? [`#state = :received AND (${mailed})`] : [];
  const usesReceipt = from.includes('received') || byMail.length > 0;
  const states = byMail.length > 0 ? [...from, 'received'] : from;
  return {
    expression: [...stored, ...byMail].join(' OR '),
    values: Object.fromEntries([
      ...states.map((state) => [`:${state}`, state]),
      ...(usesReceipt ? ACKNOWLEDGING_RECEIPTS.map((receipt) => [`:${receipt}`, receipt]) : []),
    ]),
  };
}

const mailed = ACKNOWLEDGING_RECEIPTS.map((receipt) => `receipt = :${receipt}`).join(' OR ');
const notMailed = ACKNOWLEDGING_RECEIPTS.map((receipt) => `receipt <> :${receipt}`).join(' AND ');

function reasonOf({ Item }: ConditionalCheckFailedException, now: Date): 'not-allowed' | 'unknown' {
  if (Item === undefined) return 'unknown';
  const { type, expiresAt } = fromItem(Item);
  return type === 'complaint' && !isExpired(Number(expiresAt), now) ? 'not-allowed' : 'unknown';
}
