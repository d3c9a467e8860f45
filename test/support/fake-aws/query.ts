import { holds, type Item } from './expressions.ts';
import type { Input } from './fake-dynamo.ts';

/** Small, so that whoever does not turn pages is found out. */
const PAGE_ITEMS = 2;

/** What Query answers. A page counts what it looked at, not what its filter lets through; strings sort by their bytes. */
export function pageOf(items: readonly Item[], input: Input) {
  if (input.ConsistentRead !== true) throw new Error('The ledger asks for what is done, and not strongly consistent');
  const start = input.ExclusiveStartKey as Item | undefined;
  const left = items
    .filter((item) => holds(String(input.KeyConditionExpression), item, input))
    .sort((a, b) => bytesOrder(a.sk?.S, b.sk?.S))
    .filter((item) => start === undefined || bytesOrder(item.sk?.S, start.sk?.S) > 0);
  const page = left.slice(0, PAGE_ITEMS);
  const last = page.at(-1);
  return {
    Items: page.filter((item) => holds(input.FilterExpression as string | undefined, item, input)),
    ...(last && left.length > page.length && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }),
  };
}

function bytesOrder(a = '', b = ''): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Throws where DynamoDB refuses a whole BatchWriteItem. `keys`: of its items. */
export function checkBatch(keys: readonly string[]): void {
  if (keys.length === 0 || keys.length > 25) throw new Error(`A batch of ${keys.length} writes`);
  if (new Set(keys).size < keys.length) throw new Error('A batch with two writes to one key');
}

/** The one table that an operation names. */
export function tableOf({ TableName, TransactItems = [], RequestItems = {} }: Input): string {
  const actions = (TransactItems as Record<string, { TableName: string }>[]).flatMap((entry) => Object.values(entry));
  const named = [TableName, ...actions.map((action) => action.TableName), ...Object.keys(RequestItems as object)];
  const [name, ...others] = new Set(named.filter((text) => text !== undefined).map(String));
  if (name === undefined || others.length > 0) throw new Error(`Not one table: ${[name, ...others]}`);
  return name;
}
