import { describe, expect, it } from 'vitest';
import { importFile } from '../../functions/import-cancellations/import-file.ts';
import { readJsonLine } from '../../shared/domain/contact/cancellation-lines.ts';
import { pacer } from '../../shared/domain/pacer.ts';
import {
  type FileLine,
  type ImportProgress,
  NOTHING_DONE,
  type RejectedLine,
} from '../../shared/domain/ports/import-journal.ts';
import type { CancellationsAnswer } from '../../shared/http/schemas/cancellations.ts';

const text = (contactId: string) => JSON.stringify({ contactId, cancelledAt: '2026-11-01T08:00:00Z' });

async function* fileOf(texts: readonly string[]): AsyncGenerator<FileLine> {
  let end = 0;
  for (const [index, one] of texts.entries()) {
    end += one.length + 1;
    yield { line: index + 1, text: one, end };
  }
}

type Send = (values: readonly { contactId: string }[]) => Partial<CancellationsAnswer>;

function scene(send: Send = ({ length }) => ({ accepted: length }), start = NOTHING_DONE) {
  const sent: string[][] = [];
  const commits: { progress: ImportProgress; rejected: readonly RejectedLine[] }[] = [];
  const run = (texts: readonly string[]) =>
    importFile({
      lines: fileOf(texts),
      read: readJsonLine,
      send: async (values) => {
        const contacts = values as { contactId: string }[];
        sent.push(contacts.map(({ contactId }) => contactId));
        return { accepted: 0, duplicates: 0, superseded: 0, rejected: [], ...send(contacts) };
      },
      journal: { start, commit: async (progress, rejected) => void commits.push({ progress, rejected }) },
      pace: async () => undefined,
      onProgress: () => undefined,
    });
  return { sent, commits, run };
}

describe('importFile', () => {
  it('sends batches of at most 500 and notes each with the place where it ends', async () => {
    const { sent, commits, run } = scene();
    const texts = Array.from({ length: 1201 }, (_, at) => text(`c${at}`));
    expect(await run(texts)).toMatchObject({ accepted: 1201, line: 1201 });
    expect(sent.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(commits.map(({ progress }) => progress.line)).toEqual([500, 1000, 1201]);
    expect(commits.at(-1)?.progress.offset).toBe(texts.join('\n').length + 1);
  });

  it('names rejected lines as the file counts them, those of the service and its own', async () => {
    const { commits, sent, run } = scene(() => ({
      accepted: 1,
      rejected: [{ line: 2, code: 'contact.unknown', detail: 'There is no such contact' }],
    }));
    expect(await run(['', text('a'), '{', text('jane@example.org'), text('u')])).toMatchObject({
      accepted: 1,
      rejected: 3,
    });
    expect(sent).toEqual([['a', 'u']]);
    expect(commits[0]?.rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, 'line.not-json'],
      [4, 'line.invalid-format'],
      [5, 'contact.unknown'],
    ]);
    expect(JSON.stringify(commits)).not.toContain('jane');
  });

  it('sends only those lines again that the service could not do yet', async () => {
    let calls = 0;
    const { sent, run } = scene(({ length }) => {
      calls += 1;
      if (calls > 1) return { accepted: length };
      return { accepted: 1, rejected: [2, 3].map((line) => ({ line, code: 'batch.not-reached', detail: '' })) };
    });
    expect(await run(['a', 'b', 'c'].map(text))).toMatchObject({ accepted: 3, rejected: 0 });
    expect(sent).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('gives up when the service cannot do them for long, and notes nothing of that batch', async () => {
    const { commits, run } = scene(() => ({ rejected: [{ line: 1, code: 'store.unavailable', detail: '' }] }));
    await expect(run([text('a')])).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(commits).toEqual([]);
  });

  it('goes on counting from an earlier run', async () => {
    const start = { ...NOTHING_DONE, accepted: 10, duplicates: 1, superseded: 2, rejected: 3 };
    const { run } = scene(undefined, start);
    expect(await run([text('a')])).toMatchObject({ accepted: 11, duplicates: 1, superseded: 2, rejected: 3 });
    expect(await run([])).toEqual(start);
  });
});

describe('the pace', () => {
  it('waits as long as the rate asks for, and catches up no lost time', async () => {
    let time = 0;
    const waits: number[] = [];
    const pause = async (ms: number) => {
      waits.push(ms);
      time += ms;
    };
    const pace = pacer(100, { now: () => time, pause });
    await pace(50);
    time += 100;
    await pace(50);
    time += 10_000;
    await pace(50);
    await pace(50);
    expect(waits).toEqual([500, 400, 500]);
  });

  it('never waits without a rate', async () => {
    const waits: number[] = [];
    await pacer(Number.POSITIVE_INFINITY, { now: () => 0, pause: async (ms) => waits.push(ms) })(1e6);
    expect(waits).toEqual([]);
  });
});
