import { type ObjectHeader, parseHeader } from './object-header.ts';

const NEWLINE = 0x0a;

/** Parts of an object's text: the header line and where the records lie in the bytes. */
export interface ObjectLines {
  /** `undefined` when the first line is not a header of this format. */
  header: ObjectHeader | undefined;
  /** Record lines without their newline, in order. */
  records: Iterable<Uint8Array>;
  /** Whether the last line ends in a newline, as each must. */
  isTerminated: boolean;
}

/** Cuts an object's unpacked bytes into lines without copying them. */
export function objectLines(data: Uint8Array): ObjectLines {
  const headerEnd = data.indexOf(NEWLINE);
  const isTerminated = data.at(-1) === NEWLINE;
  if (headerEnd < 0) return { header: undefined, records: [], isTerminated };
  return {
    header: parseHeader(lineText(data.subarray(0, headerEnd))),
    records: linesFrom(data, headerEnd + 1),
    isTerminated,
  };
}

/** Text of a line. */
export function lineText(line: Uint8Array): string {
  return Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8');
}

function* linesFrom(data: Uint8Array, start: number): Generator<Uint8Array> {
  for (let from = start; from < data.length; ) {
    const end = data.indexOf(NEWLINE, from);
    yield data.subarray(from, end < 0 ? data.length : end);
    from = end < 0 ? data.length : end + 1;
  }
}
