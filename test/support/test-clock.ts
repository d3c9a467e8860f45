import type { RequestId } from '../../shared/domain/request.ts';

const HOUR = 3_600_000;

/** A clock that stands still until it is told otherwise. */
export interface TestClock {
  now: () => Date;
  /** Moves on by hours, fractions included. */
  pass: (hours: number) => void;
}

export function testClock(start = '2026-11-23T07:15:30.250Z'): TestClock {
  let time = new Date(start).getTime();
  return {
    now: () => new Date(time),
    pass: (hours) => {
      time += hours * HOUR;
    },
  };
}

/** Ids that count up: `req_1`, `req_2`. */
export function countingRequestIds(): () => RequestId {
  let count = 0;
  return () => {
    count += 1;
    return `req_${count}`;
  };
}

/** Tokens of the real form that count up. */
export function countingTokens(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `token-${count}`.padEnd(43, 'x');
  };
}
