import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, inject } from 'vitest';
import { clientOptions } from '../../infra/local/clients.ts';
import { invoke } from '../../infra/local/invoke.ts';
import { type Mail, readMailbox } from '../../infra/local/mailbox.ts';
import { fetchToken } from '../../infra/local/token.ts';
import { eventually } from '../../infra/local/walk/walk.ts';
import type { CheckResult } from '../../shared/http/schemas/checks.ts';
import { linkAnswerSchema } from '../../shared/http/schemas/links.ts';
import { optOutAnswerSchema } from '../../shared/http/schemas/opt-outs.ts';
import { type Call, http, json, type Reply, urlencoded } from './http.ts';

export const stack = inject('stack');

let token: Promise<string> | undefined;

/** Header of a sender that may do everything that senders may. */
export async function authorization(): Promise<{ authorization: string }> {
  token ??= fetchToken(stack);
  return { authorization: `Bearer ${await token}` };
}

/** A request to Heed by its public address. */
export async function heed(path: string, call: Call = {}): Promise<Reply> {
  return await http(stack.publicUrl + path, call);
}

export async function post(path: string, body: Required<Omit<Call, 'method'>>): Promise<Reply> {
  return await heed(path, { method: 'POST', ...body });
}

/** Presses the button of a link. */
export async function press(url: string): Promise<Reply> {
  return await http(url, { method: 'POST', ...urlencoded({}) });
}

/** Opts out by JSON and returns the answer. */
export async function optOut(body: Record<string, unknown>) {
  const { status, body: text } = await post('/v1/opt-outs', json(body));
  expect(status, text).toBe(201);
  return optOutAnswerSchema.parse(JSON.parse(text));
}

/** What a sender learns about addresses, for marketing by e-mail unless said otherwise. */
export async function check(addresses: readonly string[], scope = 'email:marketing'): Promise<CheckResult[]> {
  const { status, body } = await post('/v1/checks', json({ scope, addresses }, await authorization()));
  expect(status, body).toBe(200);
  return JSON.parse(body).results;
}

export async function isSuppressed(address: string, scope?: string): Promise<boolean | undefined> {
  return (await check([address], scope))[0]?.suppressed;
}

export async function mintLink(body: Record<string, unknown>) {
  const { status, body: text } = await post('/v1/links', json(body, await authorization()));
  expect(status, text).toBe(200);
  return linkAnswerSchema.parse(JSON.parse(text));
}

/** All choices of a person who got one of a sender's mails. */
export async function preferencesOf(email: string): Promise<string> {
  return (await mintLink({ email, locale: 'en' })).url.replace('/u/', '/p/');
}

export async function mailsTo(address: string): Promise<Mail[]> {
  return (await readMailbox(stack.endpoint)).filter(({ to }) =>
    to.some((one) => one.toLowerCase().includes(address.toLowerCase())),
  );
}

export async function awaitMail(address: string): Promise<Mail> {
  return await eventually('the receipt mail', async () => (await mailsTo(address))[0]);
}

/** The first link of the mail with this subject. */
export async function mailWith(address: string, subject: string): Promise<string> {
  const mail = await eventually(subject, async () => (await mailsTo(address)).find((one) => one.subject === subject));
  return /https?:\S+/.exec(mail.text)?.[0] ?? '';
}

/** The links of a receipt mail, which stand in this order in every language. */
export function linksOf({ text }: Mail): { receipt: string; confirm: string; undo: string; preferences: string } {
  const [receipt = '', confirm = '', undo = '', preferences = ''] = text.match(/https?:\S+/g) ?? [];
  return { receipt, confirm, undo, preferences };
}

/** Opts a new person out and opens their mail. */
export async function receiveReceipt(address: string) {
  await optOut({ email: address });
  return linksOf(await awaitMail(address));
}

/** Asks for erasure and opens the mail, the last one to this address. */
export async function receiveErasureLink(address: string): Promise<string> {
  const { status, body } = await post('/v1/erasures', json({ email: address }));
  expect(status, body).toBe(202);
  return await eventually('the mail with the link', async () => {
    const texts = (await mailsTo(address)).map(({ text }) => text);
    return texts.map((text) => /https?:\S+\/e\/\S+/.exec(text)?.[0]).find((url) => url !== undefined);
  });
}

/** Where a page's button posts to. */
export function buttonUrl(page: string, pageUrl: string): string {
  const [, action = ''] = /<form method="post"(?: action="([^"]*)")?/.exec(page) ?? [];
  return new URL(action, pageUrl).href;
}

/** Every version of every object in the audit bucket, with its digest. */
export async function listBucket(): Promise<string[]> {
  const s3 = new S3Client(clientOptions(stack));
  const answer = await s3.send(new ListObjectVersionsCommand({ Bucket: stack.auditBucket }));
  expect(answer.IsTruncated ?? false).toBe(false);
  const versions = (answer.Versions ?? []).map(({ Key, VersionId, ETag }) => `${Key} ${VersionId} ${ETag}`);
  return [...versions, ...(answer.DeleteMarkers ?? []).map(({ Key }) => `deleted: ${Key}`)];
}

/** Seals the ledger until nothing waits any more: from then on the schedule has nothing to seal either, until somebody acts. */
export async function sealAll(): Promise<void> {
  await eventually('a ledger at rest', async () => {
    const before = await listBucket();
    await invoke(stack, stack.functions.sealLedger);
    await sleep(1500);
    const after = await listBucket();
    return after.join() === before.join() ? true : undefined;
  });
}
