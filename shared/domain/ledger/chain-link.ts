import { toBase64 } from './base64.ts';
import type { Sealed } from './checkpoint-trail.ts';
import { blank, type Examined, frontierBefore } from './examine-object.ts';

/** An object in its place in the chain. */
export interface Chained extends Examined {
  /** How it joins the object before; `undefined` where that is missing, displaced or unreadable. */
  link: Link | undefined;
  /** Tree after it, as its header says; `undefined` when that cannot be read. */
  end: { size: number; root: string } | undefined;
  /** Whether a signed checkpoint says that these are its bytes; `undefined` when none speaks of it. */
  isVouched: boolean | undefined;
  /** The checkpoint that says otherwise. */
  contradiction: Sealed | undefined;
  /** Whether its bytes were changed after they were chained; `or-left`: or those of the object before. */
  blame: 'none' | 'this' | 'this-or-left';
}

/** Whether an object's header continues what stands before it. */
export interface Link {
  /** It names the hash of the stored bytes before it. */
  hash: boolean;
  /** Leaves between their end and its beginning: 0 when it continues them, negative when it holds some again. */
  offset: number;
  /** Its tree before is their tree after. */
  tree: boolean;
}

/** Joins an object to the one before. */
export function linkOf(before: Chained, { header }: Examined): Link | undefined {
  if (header === undefined) return undefined;
  const { end } = before;
  return {
    hash: header.previous === before.storedHash,
    offset: end === undefined ? 0 : header.first - end.size,
    tree: end === undefined || toBase64(frontierBefore(header).root()) === end.root,
  };
}

/** What stands before the first object to check: nothing, or what a trusted checkpoint says. */
export function anchor(number: number, storedHash: string, end: { size: number; root: string }): Chained {
  return {
    ...blank(number, storedHash),
    link: undefined,
    end,
    isVouched: true,
    contradiction: undefined,
    blame: 'none',
  };
}

export function isWhole({ hash, offset, tree }: Link): boolean {
  return hash && offset === 0 && tree;
}

/** Whether an object shows by itself that it was changed, or written wrongly. */
export function isSuspect({ isDamaged, agreement }: Examined): boolean {
  return isDamaged || agreement !== 'agrees';
}
