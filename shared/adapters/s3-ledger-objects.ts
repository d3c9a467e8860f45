import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { LedgerObjects } from '../domain/ports/ledger-objects.ts';

/** {@link LedgerObjects} in the audit bucket. */
export function s3LedgerObjects(bucket: string): LedgerObjects {
  const client = new S3Client({});
  return {
    putOnce: async (key, bytes) => {
      try {
        // S3-04: a locked bucket asks for a checksum; the SDK adds CRC32 by itself.
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            IfNoneMatch: '*',
            ContentType: 'application/gzip',
          }),
        );
        return 'stored';
      } catch (error) {
        // 412 Precondition Failed: the key is taken. 409 (a write under way) is not caught: a retry decides.
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return 'exists';
        throw error;
      }
    },
  };
}
