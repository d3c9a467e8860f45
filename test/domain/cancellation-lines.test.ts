import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, readLines, readRowsBelow, WrongHeader } from '../../shared/domain/contact/cancellation-lines.ts';

const HEADER = COLUMNS.join(',');
const AT = '2026-11-01T08:00:00Z';

describe('a table of cancellations', () => {
  it('gives each row as what it holds, with the number of its line', () => {
    expect(
      readLines('csv', `${HEADER}\r\nc1,${AT},moved away,\r\n\r\nc2,${AT},"said ""no"", twice",${AT}\r\n`),
    ).toEqual([
      { line: 2, value: { contactId: 'c1', cancelledAt: AT, reason: 'moved away' } },
      { line: 4, value: { contactId: 'c2', cancelledAt: AT, reason: 'said "no", twice', contractEndsAt: AT } },
    ]);
  });

  it.each([
    ['two columns', `contactId,cancelledAt\nc1,${AT}`],
    ['another order', `cancelledAt,contactId\n${AT},c1`],
    ['semicolons', `contactId;cancelledAt;reason\nc1;${AT};`],
    ['a byte order mark', `\uFEFFcontactId,cancelledAt\nc1,${AT}`],
    ['quoted names and spaces', `"contactId" , cancelledAt\n c1 , ${AT}`],
  ])('may have %s', (_, text) => {
    expect(readLines('csv', text)).toEqual([{ line: 2, value: { contactId: 'c1', cancelledAt: AT } }]);
  });

  it.each([
    '',
    'contactId',
    'cancelledAt,reason',
    'contactId,cancelledAt,email',
    'contactId,contactId,cancelledAt',
    'c1',
  ])('is refused with the header "%s"', (header) =>
    expect(() => readLines('csv', `${header}\nc1,${AT}`)).toThrow(WrongHeader),
  );

  it('loses no row to a broken one before it', () => {
    const lines = readLines('csv', `${HEADER}\nc1,"open\nc2,${AT},,\nc3,"a"b,,\nc4,${AT},,\nc5,${AT}`);
    expect(lines.map((read) => ('problem' in read ? [read.line, read.problem.code] : [read.line]))).toEqual([
      [2, 'line.not-csv'],
      [3],
      [4, 'line.not-csv'],
      [5],
      [6, 'line.columns'],
    ]);
  });

  it('repeats nothing of a line that it cannot read', () => {
    const told = JSON.stringify(readLines('csv', `${HEADER}\n"jane@example.org\njane@example.org`));
    expect(told).not.toContain('jane');
  });

  it('reads back every row that a writer of CSV makes in one line', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/\s/g, '').trim());
    fc.assert(
      fc.property(fc.tuple(cell, cell, cell, cell), fc.constantFrom(',', ';'), (row, delimiter) => {
        const read = readRowsBelow(COLUMNS.join(delimiter))(stringify([row], { delimiter, quoted: true }).trimEnd());
        const given = Object.fromEntries(
          COLUMNS.map((name, at) => [name, row[at]]).filter(([, value]) => value !== ''),
        );
        expect(read).toEqual({ value: given });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('lines of JSON', () => {
  it('are values, or not JSON; empty ones are passed over', () => {
    expect(readLines('ndjson', '{"contactId":"c1"}\r\n\n[\n7')).toEqual([
      { line: 1, value: { contactId: 'c1' } },
      { line: 3, problem: { code: 'line.not-json', detail: expect.any(String) } },
      { line: 4, value: 7 },
    ]);
  });

  it('are read whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const lines = readLines('ndjson', texts.map((text) => text.replaceAll(/[\r\n]/g, '')).join('\n'));
        expect(lines.every((read) => 'value' in read || read.problem.code === 'line.not-json')).toBe(true);
      }),
    );
  });
});
