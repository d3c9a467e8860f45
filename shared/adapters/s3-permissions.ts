import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Permissions } from '../domain/ports/permissions.ts';
import { permissionKey } from '../names.ts';

/** The opt-out is in force by then, and its answer waits: two attempts at most, well within the function's 20 s. */
const PATIENCE = { maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } };

/** {@link Permissions} in the intake bucket. */
export function s3Permissions(bucket: string): Permissions {
  const client = new S3Client(PATIENCE);
  return {
    keep: async (requestId, { type, bytes }) => {
      const object = { Bucket: bucket, Key: permissionKey(requestId), Body: bytes, ContentType: type };
      try {
        await client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' }));
      } catch (error) {
        // 412 Precondition Failed: the first attempt's answer was lost. Nobody else has this request's id.
        if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412)) throw error;
      }
    },
  };
}
