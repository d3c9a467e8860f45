import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { MailClaim, MailClaims } from '../../domain/ports/mail-claims.ts';
import { RECEIPT_FOLLOWS, type ReceiptState, type Request } from '../../domain/request.ts';
import { confirmationItem } from './confirmation-item.ts';
import { confirmationKey, mailGuardKey, requestKey } from './keys.ts';
import { fromItem, reach, type Table, toItem, transact } from './table.ts';

/** {@link MailClaims}: the mail guard is the claim. It and the mail's links stand or fall together. */
export function dynamoMailClaims(table: Table): MailClaims {
  return {
    claim: (claim) => takeClaim(table, claim),
    release: (claim) => giveBack(table, claim),
    settle: (request, receipt) => settle(table, request, receipt),
  };
}

async function takeClaim(table: Table, claim: MailClaim) {
  const links = claim.confirmations.map((link) => ({
    Put: { TableName: table.name, Item: toItem(confirmationItem(link)) },
  }));
  const failed = await transact(table, { TransactItems: [putGuard(table, claim), ...links] });
  const guard = failed.find(([index]) => index === 0)?.[1].Item;
  if (failed.length === 0) return 'claimed' as const;
  return guard !== undefined && fromItem(guard).requestId === claim.request.requestId ? 'claimed-before' : 'withheld';
}

// Named conditions: noGuard, or guardIsOver: DynamoDB deletes it late (DD-02).
function putGuard(table: Table, { kind, request, attemptId, now, expiresAt }: MailClaim): TransactWriteItem {
  const { subjectKey, requestId } = request;
  return {
    Put: {
      TableName: table.name,
      Item: toItem({ ...mailGuardKey(subjectKey, kind), subjectKey, requestId, attemptId, version: 1, expiresAt }),
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :nowSeconds',
      ExpressionAttributeValues: toItem({ ':nowSeconds': Math.floor(now.getTime() / 1000) }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

async function giveBack(table: Table, { kind, request, attemptId, confirmations }: MailClaim): Promise<void> {
  // Condition claimIsOurs: the guard of another attempt stays. Then there are no links of ours either.
  const guard = {
    Delete: {
      TableName: table.name,
      Key: toItem(mailGuardKey(request.subjectKey, kind)),
      ConditionExpression: 'attemptId = :attempt',
      ExpressionAttributeValues: toItem({ ':attempt': attemptId }),
    },
  };
  const links = confirmations.map((link) => ({
    Delete: { TableName: table.name, Key: toItem(confirmationKey(link)) },
  }));
  await transact(table, { TransactItems: [guard, ...links] });
}

async function settle(
  table: Table,
  request: Pick<Request, 'subjectKey' | 'requestId'>,
  receipt: Exclude<ReceiptState, 'pending'>,
): Promise<void> {
  // Condition mayFollow: RECEIPT_FOLLOWS as an expression. The SDK's retry after a lost answer changes nothing twice.
  const before = RECEIPT_FOLLOWS[receipt].map((state, index) => [`:before${index}`, state] as const);
  const command = new UpdateItemCommand({
    TableName: table.name,
    Key: toItem(requestKey(request)),
    UpdateExpression: 'SET receipt = :receipt REMOVE mailTo, textTo ADD version :one',
    ConditionExpression: before.map(([name]) => `receipt = ${name}`).join(' OR '),
    ExpressionAttributeValues: toItem({ ':receipt': receipt, ':one': 1, ...Object.fromEntries(before) }),
  });
  try {
    await table.client.send(command);
  } catch (error) {
    // Something that stands over it is known already, or there is no such record: nothing is left to note.
    if (error instanceof ConditionalCheckFailedException) return;
    await reach(Promise.reject(error));
  }
}
