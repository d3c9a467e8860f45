import { describe, expect, it } from 'vitest';
import { importCancellations } from '../../functions/import-cancellations/import-cancellations.ts';
import type { ReadLine } from '../../shared/domain/contact/cancellation-lines.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { cancellationsAnswerSchema } from '../../shared/http/schemas/cancellations.ts';

const AT = '2026-11-01T08:00:00Z';
const lineOf = (contactId: string, line = 1, more: object = {}): ReadLine => ({
  line,
  value: { contactId, cancelledAt: AT, ...more },
});
const many = (count: number) => Array.from({ length: count }, (_, at) => lineOf(`c${at}`, at + 1));

/** Contacts whose first letter says how they fare. */
function scene({ hasTime = (): boolean => true } = {}) {
  const cancelled: string[] = [];
  const faults: unknown[] = [];
  let [busy, most] = [0, 0];
  const cancel = async ({ contactId }: { contactId: string }) => {
    busy += 1;
    most = Math.max(most, busy);
    await new Promise((done) => setImmediate(done));
    busy -= 1;
    cancelled.push(contactId);
    if (contactId.startsWith('u')) throw new VisibleError('not-found', 'contact.unknown', 'There is no such contact');
    if (contactId.startsWith('x')) throw new VisibleError('unavailable', 'store.unavailable', 'No');
    if (contactId.startsWith('b')) throw new TypeError(`canary ${contactId}`);
    if (contactId.startsWith('d')) return 'duplicate';
    return contactId.startsWith('s') ? 'superseded' : 'changed';
  };
  const run = importCancellations({ cancel, hasTime, report: (error) => faults.push(error) });
  return { cancelled, faults, run, most: () => most };
}

describe('importCancellations', () => {
  it('does every good line, whatever the others are, and says of each what became of it', async () => {
    const { run, cancelled, faults } = scene();
    const bad: ReadLine[] = [
      { line: 2, problem: { code: 'line.not-json', detail: 'No' } },
      lineOf('jane@example.org', 4),
      lineOf('ok', 5, { cancelledAt: 'yesterday' }),
      lineOf('ok', 6, { email: 'jane@example.org' }),
    ];
    const answer = await run([
      lineOf('u1', 7),
      lineOf('a1', 1),
      ...bad,
      lineOf('d1', 8),
      lineOf('s1', 9),
      lineOf('b1', 10),
    ]);
    expect(cancellationsAnswerSchema.parse(answer)).toEqual({
      ...{ accepted: 1, duplicates: 1, superseded: 1 },
      rejected: [
        { line: 2, code: 'line.not-json', detail: 'No' },
        { line: 4, code: 'line.invalid-format', detail: expect.any(String), field: 'contactId' },
        { line: 5, code: 'line.invalid-format', detail: expect.any(String), field: 'cancelledAt' },
        { line: 6, code: 'line.unrecognized-keys', detail: expect.any(String) },
        { line: 7, code: 'contact.unknown', detail: 'There is no such contact' },
        { line: 10, code: 'service.unavailable', detail: expect.any(String) },
      ],
    });
    expect(cancelled.toSorted((a, b) => a.localeCompare(b))).toEqual(['a1', 'b1', 'd1', 's1', 'u1']);
    expect(faults).toHaveLength(1);
  });

  it('repeats no value that was sent', async () => {
    const answer = await scene().run([lineOf('jane@example.org'), lineOf('b-canary', 2), lineOf('a1', 3)]);
    expect(JSON.stringify(answer)).not.toMatch(/jane|canary/);
  });

  it('has some lines under way at a time, and not all', async () => {
    const { run, most } = scene();
    expect(await run(many(200))).toMatchObject({ accepted: 200 });
    expect(most()).toBeGreaterThan(5);
    expect(most()).toBeLessThanOrEqual(20);
  });

  it('begins no line when the time of the call is over, and says so', async () => {
    let left = 30;
    const { run, cancelled } = scene({ hasTime: () => left-- > 0 });
    const { accepted, rejected } = await run(many(50));
    expect([accepted, cancelled.length, rejected.length]).toEqual([30, 30, 20]);
    expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set(['batch.not-reached']));
  });

  it('is unavailable when our fault kept every line from being done', async () => {
    await expect(scene().run([lineOf('x1'), lineOf('x2', 2)])).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(scene().run([lineOf('x1'), lineOf('u1', 2)])).resolves.toMatchObject({ rejected: [{}, {}] });
  });
});
