import { type Chained, isSuspect, isWhole, type Link } from './chain-link.ts';
import type { Defect, DefectKind, Place } from './defect.ts';

/** Three neighbours in the chain; `after` decides about `right`, and thereby about `left`. */
export interface Neighbours {
  left: Chained;
  right: Chained;
  after: Chained | undefined;
}

/**
 * Who was changed when `right` does not name the hash of `left`'s bytes: the one or the header of the other. A signed checkpoint
 * knows; else `after`, which names the hash of `right`: whoever changed `right` broke that link too.
 */
export function blame({ left, right, after }: Neighbours): void {
  if (right.link === undefined || right.link.hash || left.blame !== 'none') return;
  const culprit = culpritOf({ left, right, after });
  if (culprit === 'left') left.blame = 'this';
  else right.blame = culprit === 'right' ? 'this' : 'this-or-left';
}

function culpritOf({ left, right, after }: Neighbours): 'left' | 'right' | 'either' {
  const isRightKnown = right.isVouched ?? after?.link?.hash;
  if (left.isVouched !== undefined) return left.isVouched ? 'right' : 'left';
  if (isRightKnown !== undefined) return isRightKnown ? 'left' : 'right';
  if (isSuspect(left)) return 'left';
  return isSuspect(right) ? 'right' : 'either';
}

/** What is wrong with an object, now that both its neighbours are known. */
export function objectDefects(object: Chained, after: Chained | undefined): Defect[] {
  const verdict = object.isDamaged ? undefined : (editDefect(object, after) ?? writtenDefect(object));
  return verdict === undefined ? object.defects : [...object.defects, verdict];
}

/** A change after the fact: the bytes are not those that were chained or sealed. */
function editDefect(object: Chained, after: Chained | undefined): Defect | undefined {
  if (object.blame === 'none' && !isSealBroken(object, after)) return undefined;
  const doesHeaderFit = object.link === undefined || isWhole(object.link);
  const doesNextFit = isContinued(after) && doesSealFit(object);
  const place = editPlace(object);
  if (object.agreement === 'agrees') return agreeingDefect(place, doesHeaderFit, doesNextFit);
  return doesHeaderFit && doesNextFit
    ? { kind: 'edited-record', place, detail: recordDetail(object) }
    : { kind: 'edited-header', place, detail: 'the header fits neither its records nor its neighbours' };
}

function editPlace({ blame, number }: Chained): Place {
  return blame === 'this-or-left' ? { object: number - 1, through: number } : { object: number };
}

function isContinued(after: Chained | undefined): boolean {
  return after?.link === undefined || (after.link.offset === 0 && after.link.tree);
}

function agreeingDefect(place: Place, doesHeaderFit: boolean, doesNextFit: boolean): Defect {
  if (!doesHeaderFit) return { kind: 'edited-header', place, detail: 'the header does not continue the object before' };
  if (!doesNextFit)
    return { kind: 'edited-record', place, detail: 'the next object continues other records than these' };
  return { kind: 'broken-hash-chain', place, detail: 'the stored bytes are not those that were chained or sealed' };
}

/** Whether a checkpoint contradicts the bytes and nothing in the chain speaks for them. */
function isSealBroken(object: Chained, after: Chained | undefined): boolean {
  const { isVouched, agreement, link } = object;
  if (isVouched !== false || after?.link?.hash === true) return false;
  const isWholeByItself = agreement === 'agrees' && (link === undefined || isWhole(link));
  // Sound by itself and another tree: more than this object was made anew. The checkpoint's own defect says from where.
  return !isWholeByItself || doesSealFit(object);
}

/** Whether the checkpoint that contradicts the bytes at least names the header's tree. */
function doesSealFit({ contradiction, end }: Chained): boolean {
  if (contradiction === undefined || end === undefined) return true;
  return contradiction.checkpoint.size === end.size && contradiction.checkpoint.root === end.root;
}

function recordDetail({ agreement, records, header }: Chained): string {
  if (agreement === 'wrong-root' || header === undefined) return 'a record is not the one under the root';
  return `there are ${records} records, and the header counts ${header.size - header.first}`;
}

/** A fault of the writer: the bytes are as they were chained, and wrong. */
function writtenDefect({ number, agreement, link }: Chained): Defect | undefined {
  const place = { object: number };
  if (agreement !== 'agrees') return { kind: agreement, place, detail: 'the header does not fit the records' };
  if (link === undefined || !link.hash || isWhole(link)) return undefined;
  return { kind: linkKind(link), place, detail: 'the header does not continue the tree of the object before' };
}

function linkKind({ offset }: Link): DefectKind {
  if (offset === 0) return 'wrong-root';
  return offset > 0 ? 'gap' : 'duplicate';
}
