import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sesMailer } from '../../shared/adapters/ses-mailer.ts';
import { MailRefused } from '../../shared/domain/ports/mailer.ts';
import { testSettings } from '../support/settings.ts';

const ses = mockClient(SESv2Client);
const mail = {
  to: 'jane@example.org',
  subject: 'Sie sind abgemeldet ✓',
  text: 'text',
  html: '<p>html</p>',
  requestId: 'req_1',
  locale: 'de',
} as const;
const send = (sender = testSettings.sender) => sesMailer(sender, 'receipts').send(mail);

beforeEach(() => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'mail-1' });
});

function input(): Partial<SendEmailCommandInput> {
  const [call, ...rest] = ses.commandCalls(SendEmailCommand);
  expect(rest).toEqual([]);
  return call?.args[0].input ?? {};
}

function headers() {
  return Object.fromEntries((input().Content?.Simple?.Headers ?? []).map(({ Name, Value }) => [Name, Value]));
}

describe('sesMailer', () => {
  it('sends to one recipient by the configuration set and resolves with the id', async () => {
    expect(await send()).toBe('mail-1');
    expect(input()).toMatchObject({
      Destination: { ToAddresses: ['jane@example.org'] },
      ConfigurationSetName: 'receipts',
    });
    expect(Object.keys(input().Destination ?? {})).toEqual(['ToAddresses']);
  });

  it('marks the mail as automatic, and never as one of a list (RF-09, MB-01)', async () => {
    await send();
    expect(headers()).toEqual({
      'Auto-Submitted': 'auto-replied',
      'X-Entity-Ref-ID': 'req_1',
      'Content-Language': 'de',
    });
    expect(JSON.stringify(input())).not.toMatch(/list-unsubscribe/i);
  });

  it("leaves SES's list management alone (SE-06)", async () => {
    await send();
    expect(input()).not.toHaveProperty('ListManagementOptions');
  });

  it('tags with the request id only, since tags reach metrics (SE-08)', async () => {
    await send();
    expect(input().EmailTags).toEqual([{ Name: 'requestId', Value: 'req_1' }]);
  });

  it('declares UTF-8 for each part', async () => {
    await send();
    const { Subject, Body } = input().Content?.Simple ?? {};
    expect([Subject, Body?.Text, Body?.Html]).toEqual([
      { Data: mail.subject, Charset: 'UTF-8' },
      { Data: mail.text, Charset: 'UTF-8' },
      { Data: mail.html, Charset: 'UTF-8' },
    ]);
  });

  it.each([
    ['Example Shop', '"Example Shop" <privacy@shop.example.org>'],
    ['A "B" \\C, <D>\r\nBcc: x', '"A B C, <D>Bcc: x" <privacy@shop.example.org>'],
    ['Müller', '=?UTF-8?B?TcO8bGxlcg==?= <privacy@shop.example.org>'],
  ])('names the sender %j in seven bits', async (name, from) => {
    await send({ ...testSettings.sender, name });
    expect(input().FromEmailAddress).toBe(from);
  });

  it('cuts a long name into encoded words of at most 75 characters (RFC 2047)', async () => {
    const name = 'Größte Bücherei für Flüsterwörter 🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦🐦 GmbH';
    await send({ ...testSettings.sender, name });
    const words = (input().FromEmailAddress ?? '').split(' ').slice(0, -1);
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8'));
    expect(decoded.join('')).toBe(name);
  });

  it('makes one attempt: a retry after a lost answer would send twice', async () => {
    await send();
    const client = ses.commandCalls(SendEmailCommand)[0]?.thisValue as SESv2Client;
    expect(await client.config.maxAttempts()).toBe(1);
  });

  it.each([400, 403, 404, 429])('knows from status %i that the mail did not go out', async (httpStatusCode) => {
    const cause = Object.assign(new Error('jane@example.org'), { $metadata: { httpStatusCode } });
    ses.on(SendEmailCommand).rejects(cause);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailRefused);
    expect(error).toMatchObject({ cause });
    expect((error as Error).message).not.toContain('jane');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('knows from %s that SES was not reached', async (code) => {
    ses.on(SendEmailCommand).rejects(Object.assign(new Error('no'), { code }));
    await expect(send()).rejects.toBeInstanceOf(MailRefused);
  });

  it.each([
    { $metadata: { httpStatusCode: 500 } },
    { $metadata: { httpStatusCode: 503 } },
    { code: 'ECONNRESET' },
    { name: 'TimeoutError' },
    { $metadata: {} },
  ])('does not claim to know after %j', async (facts) => {
    ses.on(SendEmailCommand).rejects(Object.assign(new Error('no'), facts));
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  });
});
