/** An address or number to which the mail system or phone network itself sends nothing any more. */
export interface ListedAddress {
  address: string;
  /** When it was put there, or put there again. */
  since: Date;
}

/** A list of theirs. It is not where opt-outs are kept; SES's is read only, as it would hold back receipts (SE-03). */
export interface SuppressionList {
  /** Page by page, what was listed or listed again after `time`. */
  listSince(time: Date): AsyncIterable<readonly ListedAddress[]>;
}

/** The phone network's list, as a second net under ours: it stops senders who never ask (TC-06). Nothing is ever taken off it. */
export interface TextOptOutList {
  /** On the list when it resolves; harmless when it was before. Rejects when that is not known. */
  put(number: string): Promise<void>;
}
