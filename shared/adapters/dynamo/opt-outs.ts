import type { OptOuts } from '../../domain/ports/opt-outs.ts';
import type { Request } from '../../domain/request.ts';
import { stopOf } from '../../domain/suppression.ts';
import { reachItem } from './reach-item.ts';
import { requestItem } from './request-item.ts';
import { type ScopesWrite, someScopeIsStillOpen, suppressionUpdate } from './suppression-write.ts';
import { type Table, toItem, transact } from './table.ts';

/** {@link OptOuts} as one DynamoDB transaction; it reads nothing, so known and unknown addresses take the same path (EM-10). */
export function dynamoOptOuts(table: Table): OptOuts {
  return {
    record: async (request) => {
      await write(table, request);
    },
    recordUnlessInForce: async (request) => {
      const failed = await write(table, request, { scopes: someScopeIsStillOpen });
      return failed.length === 0 ? 'recorded' : 'already-in-force';
    },
    recordOnce: async (request) => {
      const failed = await write(table, request, { request: NEW_REQUEST });
      return failed.length === 0 ? 'recorded' : 'recorded-before';
    },
  };
}

const NEW_REQUEST = 'attribute_not_exists(pk)';

interface Conditions {
  scopes?: ScopesWrite['condition'];
  request?: string;
}

function write(table: Table, request: Request, { scopes: condition, request: newRequest }: Conditions = {}) {
  const { subjectKey, requestId } = request;
  const { names, choice } = stopOf(request);
  const put = { TableName: table.name, Item: toItem(requestItem(request)) };
  const reach = reachItem(request);
  return transact(table, {
    // Repeating the same request within ten minutes writes nothing twice, whoever repeats it. Where the record itself has a condition that is
    // not needed, and DynamoDB would refuse the token when the same request comes at another time.
    ...(newRequest === undefined ? { ClientRequestToken: requestId } : {}),
    TransactItems: [
      suppressionUpdate(table, { subjectKey, scopes: names, choice, ...(condition && { condition }) }),
      { Put: newRequest === undefined ? put : { ...put, ConditionExpression: newRequest } },
      ...(reach === undefined ? [] : [{ Put: { TableName: table.name, Item: toItem(reach) } }]),
    ],
  });
}
