import type { OptOuts } from '../../domain/ports/opt-outs.ts';
import type { Request } from '../../domain/request.ts';
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
      const failed = await write(table, request, someScopeIsStillOpen);
      return failed.length === 0 ? 'recorded' : 'already-in-force';
    },
  };
}

function write(table: Table, request: Request, condition?: ScopesWrite['condition']) {
  const { subjectKey, scopes, requestId, receivedAt, manner } = request;
  const choice = { state: 'opted-out', since: receivedAt, requestId, manner } as const;
  return transact(table, {
    // Repeating the same request within ten minutes writes nothing twice, whoever repeats it.
    ClientRequestToken: requestId,
    TransactItems: [
      suppressionUpdate(table, { subjectKey, scopes, choice, ...(condition && { condition }) }),
      { Put: { TableName: table.name, Item: toItem(requestItem(request)) } },
    ],
  });
}
