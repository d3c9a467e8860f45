/** What Lambda tells of a batch that a stream's consumer gave up: where its records are, never the records (LA-03). */
export interface StreamFailure {
  /** ARN of the consumer. */
  functionArn: string;
  streamArn: string;
  shardId: string;
  /** First and last record of the batch, both in it. */
  startSequenceNumber: string;
  endSequenceNumber: string;
}

/** One message of the failure queue. */
export interface FailureMessage {
  id: string;
  /** Absent: the message tells of something else, and is nobody's to remove here. */
  failure?: StreamFailure;
}

/** A stream's record in the shape in which Lambda hands it out. Personal data: for its consumer only (DD-07). */
export type LambdaRecord = object;

/** The failure queue. Whatever was taken is hidden from others until it is removed, released, or a quarter of an hour has passed. */
export interface FailureMessages {
  /** All that can be taken now. `hidden`: so many more there are which somebody else has taken, by SQS's estimate. */
  take(): Promise<{ messages: readonly FailureMessage[]; hidden: number }>;
  remove(message: FailureMessage): Promise<void>;
  /** Gives it back, so that the alarm goes on and the next run finds it. */
  release(message: FailureMessage): Promise<void>;
}

/** The stream itself, which keeps its records for 24 hours (DD-06). */
export interface StreamShards {
  /** All records of the batch in their order, or `gone` when the stream does not have all of them any more: never a part. */
  read(failure: StreamFailure): Promise<readonly LambdaRecord[] | 'gone'>;
}

/** What a consumer made of records. Only `done` says that it took all of them. */
export type ConsumerAnswer = { kind: 'done' } | { kind: 'refused'; why: 'error' | 'failures' | 'no-answer' };

/** The functions behind the stream. They bear repeats: records may come in other pieces, and again. */
export interface Consumers {
  hand(functionArn: string, records: readonly LambdaRecord[]): Promise<ConsumerAnswer>;
}
