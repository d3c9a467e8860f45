import type { BurstId } from '../burst.ts';
import type { Request, RequestId } from '../request.ts';
import type { ScopeName } from '../scope.ts';
import type { SubjectKey } from '../subject.ts';
import type { Choices } from '../suppression.ts';

/** What came through public pages. Reads the whole table page by page: for lists that people ask for, and once a day. */
export interface SourcedRequests {
  /** Requests with a source that came at or after `since`, in no order; may miss what is written meanwhile. */
  list(since: Date, now: Date): AsyncIterable<Request>;
}

/** All that the undo of a burst must know of one person, as it was at one moment. */
export interface PressedPerson {
  subjectKey: SubjectKey;
  /** Counts the writes of the choices; 0 when nothing was ever chosen. */
  version: number;
  choices: Choices;
  /** By name: the request with which the unbroken stop began. */
  began: Readonly<Record<string, RequestId>>;
  /** All that are not over. */
  requests: readonly Request[];
  /** Where the person can be told; absent for phone numbers, after an erasure and when too much time has passed. */
  mailTo?: string;
}

/** What the undo of a burst writes for one person. */
export interface Settlement {
  burstId: BurstId;
  /** Stops of the burst that are dealt with by it. */
  presses: readonly RequestId[];
  /** No press of the person's is left. */
  isWhole: boolean;
  /** Names of the choices that are put back; none: everything stays as it is. */
  names: readonly ScopeName[];
  actor: string;
  /** The record of it, from which ledger and mail follow; exactly when there are names. */
  undo?: Request;
}

/** People whose buttons a program has pressed. */
export interface PressedPeople {
  /** Strongly consistent. */
  read(subjectKey: SubjectKey, now: Date): Promise<PressedPerson>;
  /**
   * All of it in one transaction, or `changed-meanwhile` and nothing: whoever chose anything since `person` was read has the last word. Safe to
   * repeat.
   */
  settle(person: PressedPerson, settlement: Settlement): Promise<'settled' | 'changed-meanwhile'>;
}
