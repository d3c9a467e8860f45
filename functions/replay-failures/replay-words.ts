import type { FailureMessage, StreamFailure } from '../../shared/domain/ports/stream-failures.ts';
import type { Outcome, ReplaySummary } from './replay-failures.ts';

const REFUSALS = {
  error: 'the function failed; its log says why',
  failures: 'the function gave records back; its log says why',
  'no-answer': 'the function did not say that it took all records',
} as const;

/** A line for a message: ids and counts, never a record. */
export function outcomeLine({ id, failure }: FailureMessage, outcome: Outcome): string {
  const place = failure === undefined ? '' : `  ${batchWords(failure)}`;
  return `${verdict(outcome)}\n      message ${id}${place}\n`;
}

export function summaryLine({ replayed, left, untried, hidden }: ReplaySummary): string {
  const others = hidden === 0 ? '' : `, about ${hidden} more taken by another run: come back in a quarter of an hour`;
  return `${replayed} replayed, ${left} left in the queue${untried === 0 ? '' : ` (${untried} could not be tried)`}${others}\n`;
}

function verdict(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'replayed':
      return `DONE  replayed, records: ${outcome.records}`;
    case 'listed':
      return 'LEFT  to be replayed';
    case 'foreign':
      return 'LEFT  not from a consumer of a DynamoDB stream';
    case 'gone':
      return 'LEFT  older than 24 hours: rebuild from the tables, see the runbook (Stream failures)';
    case 'refused':
      return `LEFT  ${REFUSALS[outcome.why]}`;
    case 'untried':
      return `LEFT  could not be tried: ${outcome.error}`;
  }
}

function batchWords({ functionArn, shardId, startSequenceNumber, endSequenceNumber }: StreamFailure): string {
  return `${functionName(functionArn)}  ${shardId}  ${startSequenceNumber} to ${endSequenceNumber}`;
}

// arn:aws:lambda:<region>:<account>:function:<name>
function functionName(arn: string): string {
  return arn.split(':')[6] ?? arn;
}
