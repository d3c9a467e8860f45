/** What can be wrong with a ledger. docs/ledger.md says of each what it means and what to do. */
export type DefectKind =
  | 'missing-object'
  | 'gap'
  | 'duplicate'
  | 'reordered'
  | 'edited-record'
  | 'edited-header'
  | 'broken-hash-chain'
  | 'wrong-root'
  | 'wrong-size'
  | 'truncated-gzip'
  | 'corrupt-gzip'
  | 'trailing-bytes'
  | 'bad-signature'
  | 'unknown-key'
  | 'checkpoint-rolled-back'
  | 'forked-checkpoints'
  | 'forbidden-field'
  | 'clock-backwards'
  | 'unsealed-tail-too-long'
  | 'malformed';

/** Where a defect lies, as closely as can be told. */
export interface Place {
  /** Number of the object. */
  object?: number;
  /** Number of the last object, where a run of them is meant. */
  through?: number;
  /** Line in the object's text, from 1; the header is line 1. */
  line?: number;
  /** Index of the record's leaf in the tree. */
  record?: number;
  /** Key of a checkpoint, or which of the two that the checker brought: `since`, `receipt`. */
  checkpoint?: string;
  /** Key in the store, where it is no object's and no checkpoint's. */
  key?: string;
}

/** One thing that is wrong, and where. `detail` holds no value of a record: it may be shown to anybody. */
export interface Defect {
  kind: DefectKind;
  place: Place;
  detail: string;
}
