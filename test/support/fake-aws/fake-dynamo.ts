import type { DynamoDBRecord } from 'aws-lambda';
import { holds, type Item, updated, type Words } from './expressions.ts';
import { checkBatch, checkTransaction, pageOf, scanPage } from './query.ts';

/** What a service answers on the wire. */
export interface WireAnswer {
  status: number;
  body: unknown;
}

interface Action extends Words {
  Item?: Item;
  Key?: Item;
  ConditionExpression?: string;
  UpdateExpression?: string;
  ReturnValuesOnConditionCheckFailure?: string;
}

/** What an operation is asked on the wire. */
export type Input = Record<string, unknown> & Action;

/** One table with a stream, in memory. */
export interface FakeDynamo {
  answer(operation: string, input: Input): WireAnswer;
  items(): Item[];
  stream: DynamoDBRecord[];
  clear(): void;
}

const ok = (body: unknown = {}): WireAnswer => ({ status: 200, body });
const keyOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;

/** A table that understands exactly the operations that Heed uses, and throws on any other. */
export function fakeDynamo(): FakeDynamo {
  const table = new Map<string, Item>();
  const stream: DynamoDBRecord[] = [];
  const tokens = new Set<string>();

  function put(key: Item, after: Item | undefined) {
    const before = table.get(keyOf(key));
    if (after === undefined) table.delete(keyOf(key));
    else table.set(keyOf(key), after);
    if (before !== undefined || after !== undefined) stream.push(change(stream.length, { key, before, after }));
  }

  const operations: Record<string, (input: Input) => WireAnswer> = {
    GetItem: ({ Key = {} }) => ok({ Item: table.get(keyOf(Key)) }),
    BatchGetItem: ({ RequestItems }) => {
      const [[name, { Keys }] = ['', { Keys: [] }]] = Object.entries(RequestItems as Record<string, { Keys: Item[] }>);
      return ok({
        Responses: { [name]: Keys.map((key) => table.get(keyOf(key))).filter((item) => item !== undefined) },
        UnprocessedKeys: {},
      });
    },
    Scan: (input) => ok(scanPage([...table.values()], input)),
    Query: (input) => ok(pageOf([...table.values()], input)),
    BatchWriteItem: ({ RequestItems }) => {
      const items = Object.values(RequestItems as Record<string, { PutRequest: { Item: Item } }[]>).flat();
      checkBatch(items.map(({ PutRequest }) => keyOf(PutRequest.Item)));
      for (const { PutRequest } of items) put(keyIn(PutRequest.Item), PutRequest.Item);
      return ok({ UnprocessedItems: {} });
    },
    PutItem: (input) => single({ ...input, Key: keyIn(input.Item ?? {}) }, () => input.Item),
    UpdateItem: (input) => single(input, () => applied(input, table.get(keyOf(input.Key ?? {})) ?? input.Key ?? {})),
    DeleteItem: (input) => single(input, () => undefined),
    TransactWriteItems: (input) => transact(input),
  };

  function single(action: Action, after: () => Item | undefined): WireAnswer {
    const key = action.Key ?? {};
    const before = table.get(keyOf(key));
    if (!holds(action.ConditionExpression, before, action)) {
      const returned = action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? { Item: before } : {};
      const message = 'The conditional request failed';
      return { status: 400, body: { __type: 'ConditionalCheckFailedException', message, ...returned } };
    }
    put(key, after());
    return ok();
  }

  function transact(input: Input): WireAnswer {
    const token = String(input.ClientRequestToken);
    if (tokens.has(token)) return ok();
    const actions = (input.TransactItems as Record<string, Action>[]).flatMap((entry) => Object.entries(entry));
    checkTransaction(actions.map(([, action]) => keyOf(action.Key ?? action.Item ?? {})));
    const reasons = actions.map(([, action]) =>
      reasonAgainst(action, table.get(keyOf(action.Key ?? action.Item ?? {}))),
    );
    if (reasons.some(({ Code }) => Code !== 'None')) {
      const body = { __type: 'TransactionCanceledException', Message: 'Cancelled', CancellationReasons: reasons };
      return { status: 400, body };
    }
    tokens.add(token);
    for (const [kind, action] of actions) commit(kind, action);
    return ok();
  }

  function commit(kind: string, { Item: item, ...action }: Action) {
    if (kind === 'ConditionCheck') return;
    const key = action.Key ?? keyIn(item ?? {});
    const after: Record<string, () => Item | undefined> = {
      Put: () => item,
      Update: () => applied(action, table.get(keyOf(key)) ?? key),
      Delete: () => undefined,
    };
    const result = after[kind];
    if (result === undefined) throw new Error(`The fake table does not know the action ${kind}`);
    put(key, result());
  }

  return {
    items: () => [...table.values()],
    stream,
    clear: () => {
      table.clear();
      tokens.clear();
      stream.length = 0;
    },
    answer: (operation, input) => {
      const act = operations[operation];
      if (act === undefined) throw new Error(`The fake table does not know the operation ${operation}`);
      return act(input);
    },
  };
}

function keyIn({ pk = { S: '' }, sk = { S: '' } }: Item): Item {
  return { pk, sk };
}

function applied(action: Action, item: Item): Item {
  return updated(action.UpdateExpression ?? '', item, action);
}

function reasonAgainst(action: Action, before: Item | undefined) {
  if (holds(action.ConditionExpression, before, action)) return { Code: 'None' };
  const returned = action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? { Item: before } : {};
  return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...returned };
}

function change(
  index: number,
  { key, before, after }: { key: Item; before?: Item | undefined; after?: Item | undefined },
) {
  const name = before === undefined ? 'INSERT' : 'MODIFY';
  return {
    eventID: `event-${index}`,
    eventName: after === undefined ? 'REMOVE' : name,
    eventSource: 'aws:dynamodb',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: { pk: key.pk, sk: key.sk },
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
      SequenceNumber: String(1000 + index),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  } as DynamoDBRecord;
}
