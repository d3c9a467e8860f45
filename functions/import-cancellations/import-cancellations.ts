import type { LineProblem, ReadLine } from '../../shared/domain/contact/cancellation-lines.ts';
import { eachOf } from '../../shared/domain/each-of.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import type { CancellationsAnswer } from '../../shared/http/schemas/cancellations.ts';
import { checkLine, type NamedCancellation } from './check-line.ts';

/** What became of one cancellation that could be done. */
export type Done = 'changed' | 'duplicate' | 'superseded';

export interface ImportPorts {
  /** Cancels one contact. Throws a `VisibleError` for what cannot be done: an unknown contact, an impossible time. */
  cancel: (cancellation: NamedCancellation) => Promise<Done>;
  /** Writes down what is our fault. */
  report: (error: unknown) => void;
  /** Whether there is time to begin another one. */
  hasTime: () => boolean;
}

/** Lines under way at a time: each is some round trips to the store, and a thousand must be done within a request. */
const AT_A_TIME = 20;

const NOT_REACHED: LineProblem = {
  code: 'batch.not-reached',
  detail: 'The time of the call was over before this line. Nothing was done; send it again',
};

/**
 * Does every line that can be done, whatever the others are (§1.3: what is not done is told as such). Repeats converge. Throws `unavailable`
 * when nothing could be done and the fault is ours.
 */
export function importCancellations(ports: ImportPorts) {
  return async (lines: readonly ReadLine[]): Promise<CancellationsAnswer> => {
    const answer: CancellationsAnswer = { accepted: 0, duplicates: 0, superseded: 0, rejected: [] };
    await eachOf(lines, AT_A_TIME, async (read) => count(answer, read.line, await outcomeOf(ports, read)));
    answer.rejected.sort((a, b) => a.line - b.line);
    if (isAllOurFault(answer, lines.length))
      throw new VisibleError('unavailable', 'store.unavailable', 'No line was done; send them again');
    return answer;
  };
}

async function outcomeOf(ports: ImportPorts, read: ReadLine): Promise<Done | LineProblem> {
  if ('problem' in read) return read.problem;
  const checked = checkLine(read.value);
  if ('problem' in checked) return checked.problem;
  if (!ports.hasTime()) return NOT_REACHED;
  try {
    return await ports.cancel(checked);
  } catch (error) {
    return problemOf(ports, error);
  }
}

// The same words as those of the one mapping to HTTP, for one line instead of one request.
function problemOf({ report }: ImportPorts, error: unknown): LineProblem {
  const isTold = error instanceof VisibleError;
  if (!isTold || error.kind === 'unavailable') report(error);
  if (!isTold) return { code: 'service.unavailable', detail: 'Something went wrong on our side' };
  const { code, message: detail, field } = error;
  return { code, detail, ...(field === undefined ? {} : { field }) };
}

function count(answer: CancellationsAnswer, line: number, outcome: Done | LineProblem): void {
  if (typeof outcome === 'object') answer.rejected.push({ line, ...outcome });
  else if (outcome === 'changed') answer.accepted += 1;
  else if (outcome === 'duplicate') answer.duplicates += 1;
  else answer.superseded += 1;
}

/** Whether sending the line again is what helps. */
export function isTransient(code: string): boolean {
  return code === NOT_REACHED.code || code.endsWith('.unavailable');
}

function isAllOurFault({ rejected }: CancellationsAnswer, lines: number): boolean {
  return lines > 0 && rejected.length === lines && rejected.every(({ code }) => isTransient(code));
}
