import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frontier } from '../../../shared/domain/ledger/frontier.ts';
import { appendRecords, emptyHead, headRoot, rollForward } from '../../../shared/domain/ledger/head.ts';
import { leafHash, storedHash } from '../../../shared/domain/ledger/merkle.ts';
import { headerLine, objectKey, objectNumber, parseHeader } from '../../../shared/domain/ledger/object-header.ts';
import { recordLine } from '../../../shared/domain/ledger/record.ts';
import { line, makeTrail } from './trail.ts';

const lines = [line(0), line(1), line(2)];

describe('append', () => {
  it('writes a header line and the records, each with its newline', () => {
    const { bytes, header } = appendRecords(emptyHead(), lines);
    expect(Buffer.from(bytes).toString()).toBe(`${headerLine(header)}\n${lines.join('\n')}\n`);
    expect(header).toMatchObject({ object: 0, previous: '0'.repeat(64), first: 0, last: 2, size: 3, frontier: [] });
  });

  it('chains to the stored bytes and keeps the latest time', () => {
    const head = appendRecords(emptyHead(), [line(9), line(1)]).nextHead('ab'.repeat(32));
    expect(head).toMatchObject({ objects: 1, size: 2, lastObjectHash: 'ab'.repeat(32), at: '2026-11-23T08:00:09Z' });
    expect(appendRecords(head, lines).header).toMatchObject({
      object: 1,
      previous: 'ab'.repeat(32),
      first: 2,
      size: 5,
    });
  });

  it('grows the same tree however the records are cut into objects', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const frontier = new Frontier();
        let head = emptyHead();
        for (const size of sizes) {
          const batch = Array.from({ length: size }, (_, index) => line(head.size + index));
          for (const record of batch) frontier.append(leafHash(Buffer.from(record)));
          head = appendRecords(head, batch).nextHead('00'.repeat(32));
        }
        expect(headRoot(head)).toBe(Buffer.from(frontier.root()).toString('base64'));
      }),
    );
  });

  it('refuses to write an object without records', () => {
    expect(() => appendRecords(emptyHead(), [])).toThrow(RangeError);
  });

  it('refuses a head with a frontier that is none', () => {
    expect(() => appendRecords({ ...emptyHead(), size: 1, frontier: ['AA=='] }, lines)).toThrow(TypeError);
  });
});

describe('documentation', () => {
  it('shows the bytes that are written', () => {
    const page = readFileSync(new URL('../../../docs/ledger.md', import.meta.url), 'utf8');
    const { bytes, nextHead } = appendRecords(emptyHead(), [documented(0), documented(1)]);
    const [hash = ''] = /(?<=object 0 )[0-9a-f]{64}/.exec(page) ?? [];
    expect(page).toContain(Buffer.from(bytes).toString());
    expect(page).toContain(leafHash(Buffer.from(documented(1))).toString('hex'));
    expect(page).toContain(headerLine(appendRecords(nextHead(hash), [documented(2)]).header));
  });
});

function documented(index: number): string {
  return recordLine({
    v: 1,
    id: `e${index}`,
    seq: String(100 + index),
    event: 'mail-guard.created',
    at: `2026-11-23T08:00:0${index}Z`,
    facts: { subjectKey: `k1.s${index}`, version: 1 },
  });
}

describe('roll forward', () => {
  it('gives the head that the writer of the object would have moved to', async () => {
    const { heads } = await makeTrail({ sizes: [3, 5], sealed: [] });
    const [first = emptyHead()] = heads;
    const append = appendRecords(first, [line(3), line(4)]);
    const hash = storedHash(gzipSync(append.bytes));
    expect(rollForward(first, { data: append.bytes, storedHash: hash })).toEqual({
      kind: 'follows',
      head: append.nextHead(hash),
    });
  });

  it.each([
    ['another number', (text: string) => text.replace('"object":0', '"object":1')],
    ['another predecessor', (text: string) => text.replace('"previous":"0', '"previous":"1')],
    ['another size', (text: string) => text.replace('"size":3', '"size":4').replace('"last":2', '"last":3')],
    ['an edited record', (text: string) => text.replace('"effective"', '"withdrawn"')],
    ['a record less', (text: string) => `${text.split('\n').slice(0, -2).join('\n')}\n`],
    ['no end', (text: string) => text.slice(0, -1)],
    ['a forbidden field', (text: string) => text.replace('"manner":"form"', '"mailTo":"form"')],
    ['a line that is no JSON', (text: string) => `${text}x\n`],
    ['a header that is not canonical', (text: string) => text.replace('{', '{ ')],
    ['no header', () => 'nothing'],
  ])('refuses an object with %s', (_, edit) => {
    const { bytes } = appendRecords(emptyHead(), lines);
    const data = Buffer.from(edit(Buffer.from(bytes).toString()));
    expect(rollForward(emptyHead(), { data, storedHash: storedHash(data) })).toMatchObject({ kind: 'does-not-follow' });
  });
});

describe('header', () => {
  const { header } = appendRecords(emptyHead(), lines);

  it('reads what it writes', () => {
    expect(parseHeader(headerLine(header))).toEqual(header);
  });

  it.each([
    ['an unknown format', { format: 'heed-ledger/2' }],
    ['a further field', { more: 1 }],
    ['a negative count', { first: -1 }],
    ['a size that is not the last leaf’s', { size: 9 }],
    ['a frontier of another size', { frontier: [header.root] }],
    ['a root that is no hash', { root: 'AA==' }],
    ['a previous hash in capitals', { previous: 'A'.repeat(64) }],
  ])('is none with %s', (_, change) => {
    expect(parseHeader(headerLine({ ...header, ...change } as typeof header))).toBeUndefined();
  });

  it('has a key of 20 digits', () => {
    expect(objectKey(7)).toBe('00000000000000000007.ndjson.gz');
    expect(objectNumber('ledger/00000000000000000007.ndjson.gz')).toBe(7);
    expect(objectNumber('99999999999999999999.ndjson.gz')).toBeUndefined();
    expect(objectNumber('x7.ndjson.gz')).toBeUndefined();
  });
});
