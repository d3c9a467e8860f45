import type { LineProblem } from '../../shared/domain/contact/cancellation-lines.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import type {
  FileLine,
  ImportJournal,
  ImportProgress,
  RejectedLine,
} from '../../shared/domain/ports/import-journal.ts';
import type { CancellationsAnswer } from '../../shared/http/schemas/cancellations.ts';
import { checkLine } from './check-line.ts';
import { isTransient } from './import-cancellations.ts';

export interface ImportFilePorts {
  /** Lines below what is done already. */
  lines: AsyncIterable<FileLine>;
  read: (text: string) => { value: unknown } | { problem: LineProblem };
  /** Hands a batch to the service, as `POST /v1/cancellations` takes it. */
  send: (cancellations: readonly unknown[]) => Promise<CancellationsAnswer>;
  journal: ImportJournal;
  /** Waits as long as the rate asks for after so many lines. */
  pace: (lines: number) => Promise<void>;
  onProgress: (progress: ImportProgress) => void;
}

/** Half of what a call takes: it is done well within its time. */
const LINES_PER_BATCH = 500;
/** How often a batch is sent again for lines that the service could not do yet. */
const ROUNDS = 5;

interface Batch {
  values: { line: number; value: unknown }[];
  rejected: RejectedLine[];
  end: Pick<ImportProgress, 'offset' | 'line'>;
}

/**
 * Hands all cancellations of a file to the service, batch by batch in constant memory. Each batch is noted once it is done; one that was cut
 * off is sent again, which changes nothing more. Resolves with what became of all lines, earlier runs included.
 */
export async function importFile(ports: ImportFilePorts): Promise<ImportProgress> {
  let progress = ports.journal.start;
  for await (const batch of batches(ports)) {
    progress = await finish(ports, progress, batch);
    ports.onProgress(progress);
    await ports.pace(batch.values.length);
  }
  return progress;
}

async function* batches({ lines, read }: ImportFilePorts): AsyncGenerator<Batch> {
  let batch: Batch | undefined;
  for await (const { line, text, end } of lines) {
    batch ??= { values: [], rejected: [], end: { offset: 0, line: 0 } };
    batch.end = { offset: end, line };
    if (text.trim() !== '') sort(batch, line, read(text));
    if (batch.values.length + batch.rejected.length < LINES_PER_BATCH) continue;
    yield batch;
    batch = undefined;
  }
  if (batch !== undefined) yield batch;
}

// What the service would refuse for its form does not travel.
function sort({ values, rejected }: Batch, line: number, read: ReturnType<ImportFilePorts['read']>): void {
  const checked = 'problem' in read ? read : checkLine(read.value);
  if ('problem' in checked) rejected.push(rejectedLine(line, checked.problem));
  else if ('value' in read) values.push({ line, value: read.value });
}

function rejectedLine(line: number, { code, detail, field }: LineProblem): RejectedLine {
  return { line, code, reason: field === undefined ? detail : `${field}: ${detail}` };
}

async function finish({ send, journal }: ImportFilePorts, progress: ImportProgress, batch: Batch) {
  const answer = await sendAll(send, batch.values);
  const rejected = [...batch.rejected, ...answer.rejected.map((one) => rejectedLine(one.line, one))];
  const next: ImportProgress = {
    ...batch.end,
    accepted: progress.accepted + answer.accepted,
    duplicates: progress.duplicates + answer.duplicates,
    superseded: progress.superseded + answer.superseded,
    rejected: progress.rejected + rejected.length,
  };
  await journal.commit(
    next,
    rejected.toSorted((a, b) => a.line - b.line),
  );
  return next;
}

/** The answer to a batch by lines of the file. Throws when lines are left that the service cannot do now. */
async function sendAll(send: ImportFilePorts['send'], values: Batch['values']): Promise<CancellationsAnswer> {
  const total: CancellationsAnswer = { accepted: 0, duplicates: 0, superseded: 0, rejected: [] };
  let waiting = values;
  for (let round = 1; waiting.length > 0; round += 1) {
    if (round > ROUNDS) throw new VisibleError('unavailable', 'store.unavailable', 'The service is busy; run it again');
    const sent = waiting;
    const answer = await send(sent.map(({ value }) => value));
    const rejected = answer.rejected.map((one) => ({ ...one, line: sent[one.line - 1]?.line ?? 0 }));
    total.accepted += answer.accepted;
    total.duplicates += answer.duplicates;
    total.superseded += answer.superseded;
    total.rejected.push(...rejected.filter(({ code }) => !isTransient(code)));
    const left = new Set(rejected.filter(({ code }) => isTransient(code)).map(({ line }) => line));
    waiting = sent.filter(({ line }) => left.has(line));
  }
  return total;
}
