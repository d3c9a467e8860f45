/** Answer of a stream or queue consumer that reports failures one by one (`ReportBatchItemFailures`). */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/** How one source works. */
interface EachRecordOptions<R> {
  /** What the source calls a record: SQS's `messageId`, a stream's sequence number. */
  identify: (record: R) => string;
  handle: (record: R) => Promise<void>;
  /** A stream keeps its order: after the first failure nothing more is handled, and all of it comes again (LA-02). */
  isOrdered: boolean;
  /** Writes a failure down; the record itself comes again and ends in the failure queue if it keeps failing. */
  report: (error: unknown, id: string) => void;
}

/** The one wrapper around consumers. Records are handled one after the other; handlers must bear repeats. */
export function eachRecord<R>({ identify, handle, isOrdered, report }: EachRecordOptions<R>) {
  return async ({ Records }: { Records: R[] }): Promise<BatchAnswer> => {
    const batchItemFailures: BatchAnswer['batchItemFailures'] = [];
    for (const record of Records) {
      if (isOrdered && batchItemFailures.length > 0) break;
      try {
        await handle(record);
      } catch (error) {
        report(error, identify(record));
        batchItemFailures.push({ itemIdentifier: identify(record) });
      }
    }
    return { batchItemFailures };
  };
}
