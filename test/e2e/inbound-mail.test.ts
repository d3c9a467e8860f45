import { readFile } from 'node:fs/promises';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { clientOptions } from '../../infra/local/clients.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import { INBOUND_PREFIX } from '../../shared/names.ts';
import { newAddress } from './addresses.ts';
import { awaitMail, isSuppressed, linksOf, mailsTo, mintLink, stack } from './world.ts';

const s3 = new S3Client(clientOptions(stack));
let mails = 0;

/** Plays SES: puts a mail into the bucket, as its receipt rule does. Resolves with its key. */
async function receive(file: string, words: Record<string, string>): Promise<string> {
  const text = await readFile(new URL(`../fixtures/mail/${file}`, import.meta.url), 'utf8');
  const mail = Object.entries(words).reduce((mailed, [word, meant]) => mailed.replaceAll(word, meant), text);
  mails += 1;
  const key = `${INBOUND_PREFIX}${process.pid}-${mails}`;
  await s3.send(new PutObjectCommand({ Bucket: stack.inboundBucket, Key: key, Body: mail }));
  return key;
}

async function awaitOptOut(address: string, scope?: string): Promise<void> {
  await eventually('the opt-out', async () => ((await isSuppressed(address, scope)) ? true : undefined));
}

async function isThere(key: string): Promise<boolean> {
  const head = new HeadObjectCommand({ Bucket: stack.inboundBucket, Key: key });
  return s3.send(head).then(
    () => true,
    () => false,
  );
}

async function awaitRemoval(key: string): Promise<void> {
  await eventually('the end of the raw mail', async () => ((await isThere(key)) ? undefined : true));
}

// The names in these mails stand for nobody; each test puts an address of its own in their place.
describe('a mail to the opt-out address', () => {
  test('by the link of a newsletter opts out what the link names, and is answered by the receipt (RF-08)', async () => {
    const address = newAddress();
    const { url } = await mintLink({ email: address });
    const key = await receive('clients/apple-mail.eml', {
      FROM_ADDRESS: newAddress(),
      SEALED_TOKEN: url.split('/').at(-1) ?? '',
    });
    await awaitOptOut(address);
    expect(await isSuppressed(address, 'sms:marketing')).toBe(false);
    expect(linksOf(await awaitMail(address)).receipt).toContain('/r/');
    await awaitRemoval(key);
  });

  test('without a link opts out its author of everything', async () => {
    const address = newAddress();
    await receive('clients/thunderbird.eml', { FROM_ADDRESS: address });
    await awaitOptOut(address, 'any:sale-share');
    await awaitMail(address);
  });

  test('stays when it is unreadable, and opts out whoever it is from', async () => {
    const address = newAddress();
    const parts = '\n--b\n\nx'.repeat(600);
    const key = await receive('clients/k9.eml', {
      FROM_ADDRESS: address,
      'unsubscribe SEALED_TOKEN': 'x',
      '--=20': parts,
    });
    await awaitOptOut(address);
    expect(await isThere(key)).toBe(true);
  });
});

describe('a mail of a robot', () => {
  test('about a complaint opts out whom it names, who gets no mail (SE-05)', async () => {
    const address = newAddress();
    const key = await receive('arf-14.eml', { 'kijitora@y.example.com': address });
    await awaitOptOut(address);
    await awaitRemoval(key);
    expect(await mailsTo(address)).toEqual([]);
  });

  test('about an address that is gone opts it out', async () => {
    const address = newAddress();
    await receive('lhost-amazonses-05.eml', { 'bounce@simulator.amazonses.com': address });
    await awaitOptOut(address);
  });

  test('that answers by itself opts nobody out and gets no answer (RF-09)', async () => {
    const address = newAddress();
    const key = await receive('rfc3834-06.eml', { 'noreply@example.com': address, 'kijitora@example.com': address });
    await awaitRemoval(key);
    expect(await isSuppressed(address)).toBe(false);
    expect(await mailsTo(address)).toEqual([]);
  });
});
