import {
  type Attack,
  deleteAndClose,
  deleteByte,
  deleteObject,
  deleteRecord,
  duplicateRecord,
  editHeader,
  editRecord,
  flipByte,
  insertByte,
  insertCopy,
  insertRecord,
  remakeFrom,
  remakeObject,
  replaceObject,
  swapObjects,
  swapRecords,
  truncate,
} from './attacks.ts';
import type { Trail } from './trail.ts';

export const MASKS = [0x01, 0x80, 0xff] as const;

/** Changes of single bytes, insertions, deletions and truncations at every `step`-th byte, and at each of the first and last 24. */
export function* byteAttacks(trail: Trail, step: number): Generator<Attack> {
  for (const [object, { bytes }] of trail.objects.entries()) {
    for (let place = 0; place < bytes.length; place += 1) {
      const isEdge = place < 24 || place >= bytes.length - 24;
      if (isEdge || place % step === 0) yield* attacksAt(trail, object, place, step === 1);
    }
    yield insertByte(trail, object, bytes.length, 0);
  }
}

function* attacksAt(trail: Trail, object: number, place: number, isFull: boolean): Generator<Attack> {
  const masks = isFull ? MASKS : MASKS.slice(place % 3, (place % 3) + 1);
  for (const mask of masks) yield flipByte(trail, object, place, mask);
  if (isFull || place % 3 === 0) yield insertByte(trail, object, place, 0x55);
  if (isFull || place % 3 === 1) yield deleteByte(trail, object, place);
  if (isFull || place % 3 === 2) yield truncate(trail, object, place);
}

/** Every object and every record: edited, deleted, doubled, inserted, swapped, made anew. */
export function* structuralAttacks(trail: Trail): Generator<Attack> {
  for (const [object] of trail.objects.entries()) {
    yield* headerAttacks(trail, object);
    yield* recordAttacks(trail, object);
    yield deleteObject(trail, object);
    yield deleteAndClose(trail, object);
    yield remakeObject(trail, object);
    yield remakeFrom(trail, object);
    for (const [other] of trail.objects.entries()) yield* pairAttacks(trail, object, other);
  }
}

function* pairAttacks(trail: Trail, object: number, other: number): Generator<Attack> {
  yield insertCopy(trail, object, other);
  if (object === other) return;
  yield replaceObject(trail, object, other);
  if (object < other) yield swapObjects(trail, object, other);
}

function* headerAttacks(trail: Trail, object: number): Generator<Attack> {
  const { size = 0 } = trail.heads[object] ?? {};
  const first = trail.heads[object - 1]?.size ?? 0;
  yield editHeader(trail, object, { object: object + 1 });
  yield editHeader(trail, object, { object: object + 1000 });
  yield editHeader(trail, object, { previous: 'a'.repeat(64) });
  yield editHeader(trail, object, { root: Buffer.alloc(32).toString('base64') });
  yield editHeader(trail, object, { size: size + 1, last: size });
  yield editHeader(trail, object, { size: size + 1 });
  yield editHeader(trail, object, { last: size });
  yield editHeader(trail, object, { first: first + 1 });
  yield editHeader(trail, object, {
    frontier: Array.from({ length: 3 }, () => Buffer.alloc(32, 9).toString('base64')),
  });
  yield editHeader(trail, object, { format: 'heed-ledger/2' as 'heed-ledger/1' });
}

function* recordAttacks(trail: Trail, object: number): Generator<Attack> {
  const first = trail.heads[object - 1]?.size ?? 0;
  const count = (trail.heads[object]?.size ?? 0) - first;
  for (let record = 0; record < count; record += 1) {
    yield editRecord(trail, object, record);
    yield deleteRecord(trail, object, record);
    yield duplicateRecord(trail, object, record);
    yield insertRecord(trail, object, record);
    if (record > 0) yield swapRecords(trail, object, record - 1, record);
  }
}
