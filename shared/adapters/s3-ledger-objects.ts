import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { LedgerObjects, LedgerReader } from '../domain/ports/ledger-objects.ts';

/** {@link LedgerObjects} in the audit bucket. */
export function s3LedgerObjects(bucket: string): LedgerObjects {
  const client = new S3Client({});
  return {
    putOnce: async (key, bytes) => {
      try {
        // S3-04: a locked bucket asks for a checksum; the SDK adds CRC32 by itself.
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, IfNoneMatch: '*' }));
        return 'stored';
      } catch (error) {
        // 412 Precondition Failed: the key is taken. 409 (a write under way) is not caught: a retry decides.
        if (statusOf(error) === 412) return 'exists';
        throw error;
      }
    },
  };
}

/** {@link LedgerReader} on the audit bucket. */
export function s3LedgerReader(bucket: string): LedgerReader {
  const client = new S3Client({});
  return {
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    firstAfter: async (prefix, after) => {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, MaxKeys: 1 });
      const { Contents = [] } = await client.send(command);
      return Contents[0]?.Key;
    },
  };
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
