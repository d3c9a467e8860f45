import { DeleteObjectCommand, GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { RawMails } from '../domain/ports/raw-mails.ts';

/** SES takes mails of up to 40 MB; what a person writes is far smaller, and of more than this only the beginning is read. */
const MOST_BYTES = 8_000_000;

/** {@link RawMails} in the bucket into which SES puts what it receives. */
export function s3RawMails(bucket: string, mostBytes = MOST_BYTES): RawMails {
  const client = new S3Client({});
  return {
    read: async (key) => {
      try {
        const range = `bytes=0-${mostBytes - 1}`;
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
        const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return { bytes, isWhole: totalBytes(found.ContentRange, bytes.length) <= mostBytes };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        // 416 Range Not Satisfiable: the object is empty.
        if (statusOf(error) === 416) return { bytes: new Uint8Array(), isWhole: true };
        throw error;
      }
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

// `bytes 0-7999999/12345678` (RFC 9110 §14.4)
function totalBytes(contentRange: string | undefined, received: number): number {
  return Number(contentRange?.split('/')[1] ?? received);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
