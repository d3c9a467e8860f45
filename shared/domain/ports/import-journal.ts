/** A line of a file, and where the next one begins. */
export interface FileLine {
  /** From 1. */
  line: number;
  text: string;
  /** Bytes from the file's beginning to the end of this line. */
  end: number;
}

/** How far an import has come. */
export interface ImportProgress {
  /** Bytes of the input that are done, and their lines. */
  offset: number;
  line: number;
  accepted: number;
  duplicates: number;
  superseded: number;
  rejected: number;
}

/** A line that was not taken. */
export interface RejectedLine {
  line: number;
  code: string;
  reason: string;
}

/** Where an import notes what is done, so that it goes on there after it was cut off. */
export interface ImportJournal {
  start: ImportProgress;
  /** Notes rejected lines and the progress that they belong to: both or, after a crash, neither. */
  commit(progress: ImportProgress, rejected: readonly RejectedLine[]): Promise<void>;
}

export const NOTHING_DONE: ImportProgress = {
  offset: 0,
  line: 0,
  accepted: 0,
  duplicates: 0,
  superseded: 0,
  rejected: 0,
};
