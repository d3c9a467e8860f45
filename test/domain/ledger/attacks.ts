import { gunzipSync, gzipSync } from 'node:zlib';
import type { Defect } from '../../../shared/domain/ledger/defect.ts';
import { appendRecords } from '../../../shared/domain/ledger/head.ts';
import { storedHash } from '../../../shared/domain/ledger/merkle.ts';
import { headerLine, type ObjectHeader, objectKey } from '../../../shared/domain/ledger/object-header.ts';
import type { StoredObject } from '../../../shared/domain/ledger/verify-ledger.ts';
import { isAt, line, type Trail } from './trail.ts';

/** A trail as an attacker leaves it, and which of the defects found would be the right ones. */
export interface Attack {
  name: string;
  objects: StoredObject[];
  checkpoints: Trail['checkpoints'];
  isFound: (defect: Defect) => boolean;
}

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`Nothing at ${index}`);
  return item;
};

/** The trail with one object's bytes replaced. */
export function withBytes({ objects, checkpoints }: Trail, object: number, bytes: Uint8Array, name: string): Attack {
  return {
    name,
    objects: objects.with(object, { key: at(objects, object).key, bytes }),
    checkpoints,
    isFound: isAt(object),
  };
}

export function flipByte(trail: Trail, object: number, place: number, mask: number): Attack {
  const bytes = Buffer.from(at(trail.objects, object).bytes);
  bytes[place] = at([...bytes.subarray(place, place + 1)], 0) ^ mask;
  return withBytes(trail, object, bytes, 'one byte changed');
}

export function insertByte(trail: Trail, object: number, place: number, value: number): Attack {
  const { bytes } = at(trail.objects, object);
  const longer = Buffer.concat([bytes.subarray(0, place), Buffer.of(value), bytes.subarray(place)]);
  return withBytes(trail, object, longer, 'one byte inserted');
}

export function deleteByte(trail: Trail, object: number, place: number): Attack {
  const { bytes } = at(trail.objects, object);
  return withBytes(
    trail,
    object,
    Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]),
    'one byte deleted',
  );
}

export function truncate(trail: Trail, object: number, length: number): Attack {
  return withBytes(trail, object, at(trail.objects, object).bytes.subarray(0, length), 'object truncated');
}

/** Unpacks, lets `edit` change the lines, and packs again: the gzip is whole and its check sum right. */
export function editLines(trail: Trail, object: number, name: string, edit: (lines: string[]) => string[]): Attack {
  const lines = linesOf(trail, object);
  return withBytes(trail, object, gzipSync(`${edit(lines).join('\n')}\n`), name);
}

export function editHeader(
  trail: Trail,
  object: number,
  change: Partial<ObjectHeader>,
  name = 'header edited',
): Attack {
  return editLines(trail, object, `${name}: ${Object.keys(change).join(', ')}`, ([header = '', ...rest]) => [
    headerLine({ ...(JSON.parse(header) as ObjectHeader), ...change }),
    ...rest,
  ]);
}

export function editRecord(trail: Trail, object: number, record: number): Attack {
  return editLines(trail, object, 'record edited', (lines) => lines.with(record + 1, other(at(lines, record + 1))));
}

export function deleteRecord(trail: Trail, object: number, record: number): Attack {
  return editLines(trail, object, 'record deleted', (lines) => lines.toSpliced(record + 1, 1));
}

export function duplicateRecord(trail: Trail, object: number, record: number): Attack {
  return editLines(trail, object, 'record doubled', (lines) => lines.toSpliced(record + 1, 0, at(lines, record + 1)));
}

export function insertRecord(trail: Trail, object: number, record: number): Attack {
  return editLines(trail, object, 'record inserted', (lines) => lines.toSpliced(record + 1, 0, line(5, 99)));
}

export function swapRecords(trail: Trail, object: number, record: number, with_: number): Attack {
  return editLines(trail, object, 'records swapped', (lines) =>
    lines.with(record + 1, at(lines, with_ + 1)).with(with_ + 1, at(lines, record + 1)),
  );
}

/** Edits a record and makes the object's header anew, so that the object is sound by itself. */
export function remakeObject(trail: Trail, object: number): Attack {
  const head = trail.heads[object - 1];
  const [, ...records] = linesOf(trail, object);
  const start = head ?? { objects: 0, size: 0, frontier: [], lastObjectHash: '0'.repeat(64), at: '' };
  const { bytes } = appendRecords(start, records.with(0, other(at(records, 0))));
  return withBytes(trail, object, gzipSync(bytes), 'object made anew');
}

/** Edits a record, and makes that object and all after it anew: a history without a broken link. */
export function remakeFrom(trail: Trail, object: number): Attack {
  let head = trail.heads[object - 1] ?? { objects: 0, size: 0, frontier: [], lastObjectHash: '0'.repeat(64), at: '' };
  const objects = trail.objects.slice(0, object);
  for (let number = object; number < trail.objects.length; number += 1) {
    const [, ...records] = linesOf(trail, number);
    const append = appendRecords(head, number === object ? records.with(0, other(at(records, 0))) : records);
    const bytes = gzipSync(append.bytes);
    objects.push({ key: objectKey(number), bytes });
    head = append.nextHead(storedHash(bytes));
  }
  return { name: 'history made anew', objects, checkpoints: trail.checkpoints, isFound: isAt(object) };
}

export function deleteObject({ objects, checkpoints }: Trail, object: number): Attack {
  return { name: 'object deleted', objects: objects.toSpliced(object, 1), checkpoints, isFound: isAt(object) };
}

export function replaceObject(trail: Trail, object: number, by: number): Attack {
  return withBytes(trail, object, at(trail.objects, by).bytes, 'object replaced by a copy of another');
}

/** Puts a copy of an object in, and gives all after it the next number. */
export function insertCopy({ objects, checkpoints }: Trail, object: number, copyOf: number): Attack {
  const inserted = renumber(objects.toSpliced(object, 0, at(objects, copyOf)));
  // Of an object and its copy behind it nobody can say which is the copy.
  const isFound = isAt(copyOf === object ? object + 1 : object);
  return { name: 'copy inserted, the rest renumbered', objects: inserted, checkpoints, isFound };
}

/** Takes an object out, and closes the gap. */
export function deleteAndClose({ objects, checkpoints }: Trail, object: number): Attack {
  const closed = renumber(objects.toSpliced(object, 1));
  return { name: 'object deleted, the rest renumbered', objects: closed, checkpoints, isFound: isAt(object) };
}

export function swapObjects(trail: Trail, a: number, b: number): Attack {
  const [first, second] = [at(trail.objects, a), at(trail.objects, b)];
  const objects = trail.objects.with(a, { ...first, bytes: second.bytes }).with(b, { ...second, bytes: first.bytes });
  const isFound = (defect: Defect) => isAt(a)(defect) || isAt(b)(defect);
  return { name: 'objects swapped', objects, checkpoints: trail.checkpoints, isFound };
}

function renumber(objects: readonly StoredObject[]): StoredObject[] {
  return objects.map(({ bytes }, number) => ({ key: objectKey(number), bytes }));
}

function linesOf(trail: Trail, object: number): string[] {
  return gunzipSync(at(trail.objects, object).bytes).toString().trimEnd().split('\n');
}

// Sound in form: only the tree can tell.
function other(record: string): string {
  return record.replace('"state":"effective"', '"state":"withdrawn"');
}
