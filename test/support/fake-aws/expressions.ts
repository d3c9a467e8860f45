import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as it stands in the table and on the wire. */
export type Item = Record<string, AttributeValue>;

/** The placeholders of an expression. */
export interface Words {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
}

type Test = (item: Item) => boolean;

/**
 * Evaluates the part of DynamoDB's condition language that Heed speaks: AND, OR, parentheses, comparisons, attribute_exists,
 * attribute_not_exists, begins_with and the size of lists. Throws on anything else, so that a new condition is not taken for a true one.
 */
export function holds(expression: string | undefined, item: Item | undefined, words: Words): boolean {
  if (expression === undefined) return true;
  const tokens = tokenize(expression);
  const test = readAny(tokens, words);
  if (tokens.length > 0) throw new Error(`Not understood in a condition: ${tokens.join(' ')}`);
  return test(item ?? {});
}

/** Applies an update expression of SET, REMOVE and ADD clauses. Throws on anything else. */
export function updated(expression: string, item: Item, words: Words): Item {
  const [before = '', ...clauses] = expression.split(/\b(SET|REMOVE|ADD)\b/);
  if (before.trim() !== '') throw new Error(`Not understood in an update: ${before}`);
  let result: Partial<Item> = { ...item };
  for (let index = 0; index < clauses.length; index += 2) {
    for (const action of (clauses[index + 1] ?? '').split(/,(?![^(]*\))/)) {
      result = { ...result, ...act(clauses[index] ?? '', action.trim(), { item: result, words }) };
    }
  }
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined)) as Item;
}

function act(clause: string, action: string, { item, words }: { item: Partial<Item>; words: Words }) {
  const [path = '', ...rest] = action.split(clause === 'SET' ? /\s*=\s*/ : /\s+/);
  const name = attributeName(path, words);
  if (clause === 'REMOVE') return name.includes('.') ? withoutEntry(name, item) : { [name]: undefined };
  const value = assigned(rest.join(' '), { item, words });
  if (clause === 'SET') return { [name]: value };
  return { [name]: { N: String(Number(item[name]?.N ?? 0) + Number(value.N)) } };
}

/** Takes `map.entry` out; as DynamoDB does, it refuses where there is no such map. */
function withoutEntry(path: string, item: Partial<Item>): Partial<Item> {
  const [name = '', entry = '', ...deeper] = path.split('.');
  const map = item[name]?.M;
  if (map === undefined || deeper.length > 0) throw new Error(`Not a map's entry: ${path}`);
  const { [entry]: _, ...M } = map;
  return { [name]: { M } };
}

function assigned(text: string, { item, words }: { item: Partial<Item>; words: Words }): AttributeValue {
  const [, kept = '', fallback = ''] = /^if_not_exists\(([\w#]+), (:\w+)\)$/.exec(text) ?? [];
  if (kept !== '') return item[attributeName(kept, words)] ?? placeholder(fallback, words);
  const [, list, more] = /^list_append\((\w+), (:\w+)\)$/.exec(text) ?? [];
  if (list === undefined || more === undefined) return placeholder(text, words);
  const before = item[list]?.L;
  if (before === undefined) throw new Error(`Not a list: ${list}`);
  return { L: [...before, ...(placeholder(more, words).L ?? [])] };
}

function tokenize(expression: string): string[] {
  const tokens = expression.match(/<=|>=|<>|[=<>(),]|[\w#:.]+/g) ?? [];
  if (tokens.join('') !== expression.replace(/\s/g, '')) throw new Error(`Not understood: ${expression}`);
  return tokens;
}

function readAny(tokens: string[], words: Words): Test {
  const tests = [readAll(tokens, words)];
  while (tokens[0] === 'OR' && tokens.shift()) tests.push(readAll(tokens, words));
  return (item) => tests.some((test) => test(item));
}

function readAll(tokens: string[], words: Words): Test {
  const tests = [readOne(tokens, words)];
  while (tokens[0] === 'AND' && tokens.shift()) tests.push(readOne(tokens, words));
  return (item) => tests.every((test) => test(item));
}

function readOne(tokens: string[], words: Words): Test {
  const [first = '', next] = tokens;
  if (next === '(' && first !== 'size') return readFunction(first, tokens, words);
  if (first !== '(') return readComparison(tokens, words);
  tokens.shift();
  return closed(tokens, readAny(tokens, words));
}

function readFunction(name: string, tokens: string[], words: Words): Test {
  tokens.splice(0, 2);
  const read = operand(tokens.shift() ?? '', words);
  const [, start] = tokens[0] === ',' ? tokens.splice(0, 2) : [];
  const tests: Record<string, Test> = {
    attribute_exists: (item) => read(item) !== undefined,
    attribute_not_exists: (item) => read(item) === undefined,
    begins_with: (item) => read(item)?.S?.startsWith(placeholder(start ?? '', words).S ?? '') === true,
  };
  const test = tests[name];
  if (test === undefined) throw new Error(`Not understood: the function ${name}`);
  return closed(tokens, test);
}

function closed(tokens: string[], test: Test): Test {
  if (tokens.shift() !== ')') throw new Error('A parenthesis is not closed');
  return test;
}

function readComparison(tokens: string[], words: Words): Test {
  const left = readOperand(tokens, words);
  const compare = COMPARISONS[tokens.shift() ?? ''];
  if (compare === undefined) throw new Error('Not understood: a comparison');
  const right = readOperand(tokens, words);
  return (item) => {
    const [a, b] = [left(item), right(item)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
}

function readOperand(tokens: string[], words: Words): (item: Item) => AttributeValue | undefined {
  const first = tokens.shift() ?? '';
  if (first !== 'size') return operand(first, words);
  const [, name = '', end] = tokens.splice(0, 3);
  if (end !== ')') throw new Error('A parenthesis is not closed');
  const read = operand(name, words);
  return (item) => {
    const list = read(item)?.L;
    return list && { N: String(list.length) };
  };
}

const COMPARISONS: Record<string, (a: AttributeValue, b: AttributeValue) => boolean> = {
  '=': (a, b) => isDeepStrictEqual(a, b),
  '<>': (a, b) => !isDeepStrictEqual(a, b),
  '<': (a, b) => order(a, b) < 0,
  '<=': (a, b) => order(a, b) <= 0,
  '>': (a, b) => order(a, b) > 0,
  '>=': (a, b) => order(a, b) >= 0,
};

// Values of different types have no order: every comparison of them is false.
function order(a: AttributeValue, b: AttributeValue): number {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.S === undefined || b.S === undefined) return Number.NaN;
  return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
}

function operand(text: string, words: Words): (item: Item) => AttributeValue | undefined {
  if (text.startsWith(':')) return () => placeholder(text, words);
  const [first = '', ...path] = text.split('.').map((name) => attributeName(name, words));
  return (item) => path.reduce<AttributeValue | undefined>((value, name) => value?.M?.[name], item[first]);
}

function attributeName(name: string, { ExpressionAttributeNames: names = {} }: Words): string {
  const real = name.startsWith('#') ? names[name] : name;
  if (!real || !/^[\w#][\w#:.-]*$/.test(real)) throw new Error(`Not understood: the name ${name}`);
  return real;
}

function placeholder(name: string, { ExpressionAttributeValues: values = {} }: Words): AttributeValue {
  const value = values[name];
  if (value === undefined) throw new Error(`Not understood: the value ${name}`);
  return value;
}
