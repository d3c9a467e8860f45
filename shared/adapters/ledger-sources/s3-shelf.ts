import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Shelf } from './shelf.ts';

/** {@link Shelf} in a bucket, below a prefix that is empty or ends in a slash. Needs `s3:ListBucket` and `s3:GetObject`, nothing else. */
export function s3Shelf(bucket: string, root: string): Shelf {
  const client = new S3Client({ followRegionRedirects: true });
  return {
    list: (prefix, after) => {
      const start = after === '' ? {} : { StartAfter: root + after };
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: root + prefix, ...start });
      return keysOf(pages, root.length);
    },
    read: async (key, maxBytes) => {
      try {
        return await readStart(client, { Bucket: bucket, Key: root + key }, maxBytes);
      } catch (error) {
        // Named failure: deleted since it was listed.
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    readsAhead: 16,
  };
}

async function* keysOf(pages: ReturnType<typeof paginateListObjectsV2>, rootLength: number): AsyncGenerator<string> {
  for await (const { Contents = [] } of pages) {
    for (const { Key = '' } of Contents) yield Key.slice(rootLength);
  }
}

async function readStart(client: S3Client, place: { Bucket: string; Key: string }, maxBytes: number) {
  const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(place));
  if (ContentLength <= maxBytes) return await Body?.transformToByteArray();
  // Asked for only now: S3 refuses a range of an empty object.
  await Body?.transformToWebStream().cancel();
  const start = await client.send(new GetObjectCommand({ ...place, Range: `bytes=0-${maxBytes - 1}` }));
  return await start.Body?.transformToByteArray();
}
