/** An address to which the mail system itself sends nothing any more. */
export interface ListedAddress {
  address: string;
  /** When it was put there, or put there again. */
  since: Date;
}

/** The mail system's own list. It is read only: it is not where opt-outs are kept, and would hold back receipts (SE-03). */
export interface SuppressionList {
  /** Page by page, what was listed or listed again after `time`. */
  listSince(time: Date): AsyncIterable<readonly ListedAddress[]>;
}
