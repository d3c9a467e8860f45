import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { s3RawMails } from '../../shared/adapters/s3-raw-mails.ts';

const s3 = mockClient(S3Client);
const mails = s3RawMails('inbound', 4);

beforeEach(() => s3.reset());

function answer(text: string, ContentRange?: string): void {
  const Body = Object.assign(Readable.from([text]), { transformToByteArray: async () => Buffer.from(text) });
  s3.on(GetObjectCommand).resolves({ Body, ContentRange } as unknown as GetObjectCommandOutput);
}

function refuse(httpStatusCode: number): void {
  s3.on(GetObjectCommand).rejects(
    new S3ServiceException({ name: 'x', $fault: 'client', $metadata: { httpStatusCode } }),
  );
}

describe('s3RawMails', () => {
  it.each([
    ['bytes 0-2/3', true],
    ['bytes 0-3/4', true],
    ['bytes 0-3/5', false],
    [undefined, true],
  ])('reads no more than it must, and says whether that is all: %s', async (range, isWhole) => {
    answer('mail', range);
    expect(await mails.read('inbound-mail/1')).toEqual({ bytes: Buffer.from('mail'), isWhole });
    const [call] = s3.commandCalls(GetObjectCommand);
    expect(call?.args[0].input).toEqual({ Bucket: 'inbound', Key: 'inbound-mail/1', Range: 'bytes=0-3' });
  });

  it('knows a mail that is gone, and one that is empty', async () => {
    refuse(404);
    expect(await mails.read('x')).toBeUndefined();
    refuse(416);
    expect(await mails.read('x')).toEqual({ bytes: new Uint8Array(), isWhole: true });
  });

  it.each([403, 500])('rejects on %i, so that the mail comes again', async (status) => {
    refuse(status);
    await expect(mails.read('x')).rejects.toBeInstanceOf(S3ServiceException);
  });

  it('deletes one mail', async () => {
    s3.on(DeleteObjectCommand).resolves({});
    await mails.remove('inbound-mail/1');
    expect(s3.commandCalls(DeleteObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'inbound',
      Key: 'inbound-mail/1',
    });
  });
});
