import { holds, type Item } from './expressions.ts';
import type { Input } from './fake-dynamo.ts';

/** Small, so that whoever does not turn pages is found out. */
const PAGE_ITEMS = 2;

/** What Query answers. A page counts what it looked at, not what its filter lets through; strings sort by their bytes. */
export function pageOf(items: readonly Item[], input: Input) {
  if (input.ConsistentRead !== true) throw new Error('A query that is not strongly consistent');
  return turnedTo(
    items.filter((item) => holds(String(input.KeyConditionExpression), item, input)),
    input,
  );
}

/** What Scan answers: all attributes, or those that are asked for. */
export function scanPage(items: readonly Item[], input: Input) {
  const { Items, ...rest } = turnedTo(items, input);
  if (input.ProjectionExpression === undefined) return { Items, ...rest };
  const names = String(input.ProjectionExpression).split(', ');
  return { Items: Items.map((item) => Object.fromEntries(names.map((name) => [name, item[name]]))), ...rest };
}

function turnedTo(found: readonly Item[], input: Input) {
  const start = input.ExclusiveStartKey as Item | undefined;
  const left = found.filter((item) => start === undefined || keyOrder(item, start) > 0).sort(keyOrder);
  const page = left.slice(0, PAGE_ITEMS);
  const last = page.at(-1);
  return {
    Items: page.filter((item) => holds(input.FilterExpression as string | undefined, item, input)),
    ...(last && left.length > page.length && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }),
  };
}

function keyOrder(a: Item, b: Item): number {
  return bytesOrder(a.pk?.S, b.pk?.S) || bytesOrder(a.sk?.S, b.sk?.S);
}

function bytesOrder(a = '', b = ''): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Throws where DynamoDB refuses a whole BatchWriteItem. `keys`: of its items. */
export function checkBatch(keys: readonly string[]): void {
  if (keys.length === 0 || keys.length > 25) throw new Error(`A batch of ${keys.length} writes`);
  if (new Set(keys).size < keys.length) throw new Error('A batch with two writes to one key');
}

/** Throws where DynamoDB refuses a whole transaction. `keys`: of its items. */
export function checkTransaction(keys: readonly string[]): void {
  if (keys.length > 100) throw new Error(`A transaction of ${keys.length} actions`);
  if (new Set(keys).size < keys.length) throw new Error('A transaction with two actions on one item');
}

/** The one table that an operation names. */
export function tableOf({ TableName, TransactItems = [], RequestItems = {} }: Input): string {
  const actions = (TransactItems as Record<string, { TableName: string }>[]).flatMap((entry) => Object.values(entry));
  const named = [TableName, ...actions.map((action) => action.TableName), ...Object.keys(RequestItems as object)];
  const [name, ...others] = new Set(named.filter((text) => text !== undefined).map(String));
  if (name === undefined || others.length > 0) throw new Error(`Not one table: ${[name, ...others]}`);
  return name;
}
