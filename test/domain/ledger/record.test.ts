import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isCanonical } from '../../../shared/domain/ledger/canonical.ts';
import {
  ALLOWED_BY_EVENT,
  type LedgerRecord,
  recordLine,
  recordProblem,
} from '../../../shared/domain/ledger/record.ts';
import { line } from './trail.ts';

const record = JSON.parse(line(0)) as LedgerRecord;
const suppression: LedgerRecord = {
  ...record,
  event: 'suppression.changed',
  facts: {
    subjectKey: 'k1.abc',
    version: 2,
    choices: {
      'email:marketing': { state: 'opted-out', since: '2026-11-23T08:00:00.000Z', requestId: 'req_1', manner: 'form' },
    },
  },
};

describe('record', () => {
  it('is written as canonical JSON', () => {
    expect(recordLine(suppression)).toBe(
      '{"at":"2026-11-23T08:00:00Z","event":"suppression.changed","facts":{"choices":{"email:marketing":' +
        '{"manner":"form","requestId":"req_1","since":"2026-11-23T08:00:00.000Z","state":"opted-out"}},' +
        '"subjectKey":"k1.abc","version":2},"id":"0-0","seq":"4421584500000000000000","v":1}',
    );
  });

  it('may say who ended it only at its end', () => {
    const ending = { subjectKey: 'k1.abc', by: 'ttl', due: 1_800_000_000 };
    expect(recordProblem({ ...record, event: 'mail-guard.retention-deleted', facts: ending })).toBeUndefined();
    expect(recordProblem({ ...record, event: 'mail-guard.removed', facts: ending })?.kind).toBe('forbidden-field');
  });

  it.each<[string, object]>([
    ['a fact that is not allowed', { facts: { maskedAddress: 'j' } }],
    ['a fact of another item type', { event: 'mail-guard.created', facts: { scopes: [] } }],
    ['an address in an allowed fact', { facts: { manner: 'jane@example.org' } }],
    ['an address in a list', { facts: { scopes: ['jane@example.org'] } }],
    ['a phone number', { facts: { manner: '+4915112345678' } }],
    ['something nested', { facts: { manner: { deeper: 1 } } }],
    ['something nested in a list', { facts: { scopes: [{}] } }],
    ['an unknown part of a choice', { event: 'suppression.created', facts: { choices: { a: { site: 'x' } } } }],
    ['an address as a scope', { event: 'suppression.created', facts: { choices: { 'a@b': {} } } }],
    ['a further field beside the facts', { address: 'x' }],
    ['facts of an unknown item', { event: 'unknown.created', facts: { pk: 'x' } }],
  ])('is refused with %s, and the refusal does not repeat it', (_, change) => {
    const wrong = { ...record, ...change } as LedgerRecord;
    expect(recordProblem(wrong)?.kind).toBe('forbidden-field');
    expect(() => recordLine(wrong)).toThrow(/^[^@+]*$/);
  });

  it.each<[string, unknown]>([
    ['no object', 7],
    ['a list', []],
    ['another version', { ...record, v: 2 }],
    ['no id', { ...record, id: '' }],
    ['an address as id', { ...record, id: 'a@b' }],
    ['a sequence number that is none', { ...record, seq: '12a' }],
    ['milliseconds', { ...record, at: '2026-11-23T08:00:00.000Z' }],
    ['a time that is none', { ...record, at: '2026-13-23T08:00:00Z' }],
    ['no facts', { ...record, facts: null }],
    ['an unknown event', { ...record, event: 'request.read' }],
    ['an event of Object', { ...record, event: 'constructor' }],
  ])('is malformed as %s', (_, value) => {
    expect(recordProblem(value)?.kind).toBe('malformed');
  });

  it('never lets any other fact through', () => {
    const events = fc.constantFrom(...ALLOWED_BY_EVENT.keys());
    fc.assert(
      fc.property(events, fc.dictionary(fc.string(), fc.jsonValue()), (event, facts) => {
        const isAllowed = Object.keys(facts).every((name) => ALLOWED_BY_EVENT.get(event)?.has(name));
        expect(recordProblem({ ...record, event, facts }) === undefined && !isAllowed).toBe(false);
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('is recognised exactly', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: false }), (value) => {
        const clean = JSON.parse(JSON.stringify(value)) as object;
        const text = canonicalOrNot(clean);
        if (text !== undefined) expect(isCanonical(text, JSON.parse(text) as object)).toBe(true);
      }),
    );
  });

  it.each([
    ['spaces', '{"a": 1}'],
    ['another order', '{"b":1,"a":2}'],
    ['an order of numbers', '{"10":1,"9":2}'.replace('"10":1,"9":2', '"9":2,"10":1')],
    ['another spelling of a number', '{"a":1.0}'],
    ['another spelling of a letter', String.raw`{"a":"\u0061"}`],
    ['a name twice', '{"a":1,"a":1}'],
    ['half a surrogate pair', String.raw`{"a":"\ud800"}`],
    ['an order deeper down', '{"a":[{"c":1,"b":2}]}'],
  ])('has no %s', (_, text) => {
    expect(isCanonical(text, JSON.parse(text) as object)).toBe(false);
  });

  it('orders names that look like numbers as text (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ 9: 1, 10: 2 })).toBe('{"10":2,"9":1}');
    expect(isCanonical('{"10":2,"9":1}', { 9: 1, 10: 2 })).toBe(true);
  });
});

function canonicalOrNot(value: object): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}
