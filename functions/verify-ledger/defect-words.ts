import type { Defect, DefectKind, Place } from '../../shared/domain/ledger/defect.ts';
import { objectKey } from '../../shared/domain/ledger/object-header.ts';
import { LEDGER_PREFIX } from '../../shared/names.ts';

/** What each kind means to somebody who does not know the format. */
const MEANING: Record<DefectKind, string> = {
  'missing-object': 'A part of the ledger is not there.',
  gap: 'Records are left out between two objects.',
  duplicate: 'The same thing stands here a second time.',
  reordered: 'This is not at its place in the order.',
  'edited-record': 'A record was changed, added or taken away after it was written.',
  'edited-header': 'The header of an object was changed after it was written.',
  'broken-hash-chain': 'The stored bytes are not those that the next object or a checkpoint names.',
  'wrong-root': 'The records do not give the tree that was written or sealed.',
  'wrong-size': 'The number of records is not the one that was written or sealed.',
  'truncated-gzip': 'The file ends too early.',
  'corrupt-gzip': 'The file cannot be unpacked: its bytes were damaged or changed.',
  'trailing-bytes': 'Something was added at the end of the file.',
  'bad-signature': 'The signature is not valid for this text.',
  'unknown-key': 'It was signed with a key that is not among the trusted ones.',
  'checkpoint-rolled-back': 'The ledger goes back behind what was sealed.',
  'forked-checkpoints': 'Two different histories were sealed.',
  'forbidden-field': 'A record holds something that the ledger must not keep.',
  'clock-backwards': 'The time steps back further than can happen.',
  'unsealed-tail-too-long': 'Too much waits for a checkpoint, or for too long.',
  malformed: 'This is not in the format of the ledger.',
};

/** A defect in two lines: kind and place, then what it means. */
export function defectWords({ kind, place, detail }: Defect): string {
  return `DEFECT  ${kind}: ${placeWords(place)}\n        ${MEANING[kind]} (${visible(detail)})\n`;
}

function placeWords({ object, through, line, record, checkpoint, key }: Place): string {
  const parts = [
    object === undefined ? undefined : objectWords(object, through),
    line === undefined ? undefined : `line ${line}`,
    record === undefined ? undefined : `record ${record}`,
    checkpoint === undefined ? undefined : checkpointWords(checkpoint),
    key === undefined ? undefined : visible(key),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'the end of the ledger' : parts.join(', ');
}

function objectWords(object: number, through: number | undefined): string {
  if (through === undefined || through === object) return `object ${object} (${LEDGER_PREFIX}${objectKey(object)})`;
  return `objects ${object} to ${through}`;
}

function checkpointWords(checkpoint: string): string {
  if (checkpoint === 'since') return 'the checkpoint given with --since';
  if (checkpoint === 'receipt') return 'the receipt given with --receipt';
  return `checkpoint ${visible(checkpoint)}`;
}

/** Names of files come from whoever made them: no control character of theirs reaches the terminal. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
