import { describe, expect, it } from 'vitest';
import { classifyMail, speaksOfAbsence } from '../../../shared/domain/inbound/classify-mail.ts';
import { complainants, isRedacted } from '../../../shared/domain/inbound/complaint-report.ts';
import { failedRecipients } from '../../../shared/domain/inbound/delivery-report.ts';
import { isDoubted } from '../../../shared/domain/inbound/verdicts.ts';
import { mailFile, plainMail, readMail } from '../../support/mail-files.ts';

const kindOf = async (fields: Record<string, string>) => classifyMail(await readMail(plainMail(fields, 'Hello')));

describe('classifyMail', () => {
  it.each([
    ['Auto-Submitted', 'auto-replied'],
    ['Auto-Submitted', 'auto-generated; owner-email="a@example.org"'],
    ['Auto-Submitted', 'AUTO-NOTIFIED (by a robot)'],
    ['Return-Path', '<>'],
    ['Precedence', 'bulk'],
    ['Precedence', 'Junk'],
    ['Precedence', 'list'],
    ['X-Auto-Response-Suppress', 'OOF, AutoReply'],
    ['List-Id', 'Weekly <weekly.example.org>'],
    ['List-Unsubscribe', '<https://news.example.org/u/1>'],
  ])('takes %s: %s as a robot, which gets no answer (RF-09)', async (name, value) => {
    expect(await kindOf({ [name]: value })).toBe('auto-reply');
  });

  it.each([
    ['Auto-Submitted', 'no'],
    ['Auto-Submitted', 'No (really)'],
    ['Return-Path', '<jane@example.org>'],
    ['Precedence', 'first-class'],
    ['X-Auto-Response-Suppress', 'None'],
    ['Subject', 'Out of office'],
    ['Subject', 'bulk list junk auto-replied'],
  ])('takes %s: %s as a person', async (name, value) => {
    expect(await kindOf({ [name]: value })).toBe('person');
  });

  it('knows our own mails when they come back, by their mark, their author and the number of hops', async () => {
    expect(await kindOf({ 'X-Entity-Ref-ID': 'req_01J', 'Auto-Submitted': 'auto-replied' })).toBe('loop');
    const ours = await readMail(plainMail({ From: 'Example Shop <Privacy@shop.example.org>' }));
    expect(classifyMail(ours, ['privacy@shop.example.org'])).toBe('loop');
    expect(classifyMail(ours)).toBe('person');
    const hops = 'Received: from a by b; Mon, 23 Nov 2026 07:15:30 +0000\r\n'.repeat(101);
    expect(classifyMail(await readMail(hops + plainMail()))).toBe('loop');
  });
});

describe('speaksOfAbsence', () => {
  it.each([
    'Automatic reply: Offers',
    'Out of Office',
    'Abwesenheitsnotiz',
    'Réponse automatique : x',
    'Respuesta automática',
  ])('knows "%s"', async (subject) =>
    expect(speaksOfAbsence(await readMail(plainMail({ Subject: subject })))).toBe(true),
  );

  it.each(['unsubscribe', 'Re: Out of office', 'Abmelden', 'Absolutely no more mails', ''])(
    'does not mind "%s"',
    async (subject) => expect(speaksOfAbsence(await readMail(plainMail({ Subject: subject })))).toBe(false),
  );
});

const report = (kind: string, type: string, part: string) =>
  plainMail({ 'MIME-Version': '1.0', 'Content-Type': `multipart/report; report-type=${kind}; boundary="b"` }) +
  `--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n--b\r\nContent-Type: ${type}\r\n\r\n${part}\r\n--b--\r\n`;
const dsn = (...blocks: string[]) =>
  readMail(
    report(
      'delivery-status',
      'message/delivery-status',
      ['Reporting-MTA: dns; mx.example.org', ...blocks].join('\r\n\r\n'),
    ),
  );
const arf = (fields: string) => readMail(report('feedback-report', 'message/feedback-report', fields));

describe('failedRecipients (RFC 3464)', () => {
  it('tells each recipient of its own', async () => {
    const mail = await dsn(
      'Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\nStatus: 5.1.1',
      'Final-Recipient: rfc822; b@example.org\r\nAction: FAILED\r\nStatus: 4.2.2',
      'Final-Recipient: rfc822; c@example.org\r\nAction: delayed\r\nStatus: 4.4.1',
      'Final-Recipient: rfc822; d@example.org\r\nAction: delivered\r\nStatus: 2.0.0',
    );
    expect(classifyMail(mail)).toBe('bounce');
    expect(failedRecipients(mail)).toEqual([
      { address: 'a@example.org', isPermanent: true },
      { address: 'b@example.org', isPermanent: false },
    ]);
  });

  it('names the address that we wrote to, not the one to which it was forwarded', async () => {
    const mail = await dsn(
      'Original-Recipient: rfc822;jane@example.org\r\nFinal-Recipient: rfc822;x@elsewhere.example\r\nAction: failed\r\nStatus: 5.0.0',
    );
    expect(failedRecipients(mail)).toEqual([{ address: 'jane@example.org', isPermanent: true }]);
  });

  it.each([
    ['smtp; 550 user unknown', true],
    ['smtp; 421 try later', false],
    ['x; 550', false],
  ])('goes by the diagnostic code %s when there is no status', async (code, isPermanent) => {
    const mail = await dsn(`Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\nDiagnostic-Code: ${code}`);
    expect(failedRecipients(mail)).toEqual([{ address: 'a@example.org', isPermanent }]);
  });

  it("reads Exim's field, and a bounce in free text as one that names nobody", async () => {
    const exim = await readMail(
      plainMail({ 'Return-Path': '<>', 'X-Failed-Recipients': 'a@example.org, b@example.org' }),
    );
    expect(failedRecipients(exim)).toHaveLength(2);
    const free = await readMail(
      plainMail({ 'Return-Path': '<>', From: 'Mailer-Daemon@mx.example.org' }, 'jane@example.org is gone'),
    );
    expect([classifyMail(free), failedRecipients(free)]).toEqual(['bounce', []]);
  });
});

describe('complainants (RFC 5965)', () => {
  it('are all that the report names, each once', async () => {
    const mail = await arf(
      'Feedback-Type: abuse\r\nOriginal-Rcpt-To: <a@example.org>\r\nRemoval-Recipient: b@example.org\r\nOriginal-Rcpt-To: <a@example.org>',
    );
    expect(complainants(mail)).toEqual(['a@example.org', 'b@example.org']);
  });

  it('are none when the recipient says that it was no spam (RFC 6430)', async () => {
    const mail = await arf('Feedback-Type: not-spam\r\nOriginal-Rcpt-To: <a@example.org>');
    expect(complainants(mail)).toBeUndefined();
  });

  it('may be hidden, which is told', async () => {
    expect(isRedacted(await readMail(mailFile('arf-01.eml')))).toBe(true);
    expect(isRedacted(await readMail(mailFile('arf-14.eml')))).toBe(false);
  });
});

describe('isDoubted (CS-05)', () => {
  const doubted = async (fields: Record<string, string>) => isDoubted((await readMail(plainMail(fields))).header);

  it.each([
    ['X-SES-Spam-Verdict', 'FAIL'],
    ['X-SES-Virus-Verdict', 'GRAY'],
    ['Received-SPF', 'fail (spfCheck: no)'],
    ['Authentication-Results', 'amazonses.com; spf=pass; dkim=fail header.i=@example.org; dmarc=none'],
  ])('goes by %s: %s', async (name, value) => expect(await doubted({ [name]: value })).toBe(true));

  it('goes by the first verdict, which the sender could not write', async () => {
    const results = 'amazonses.com; spf=pass; dkim=pass header.i=@example.org; dmarc=pass';
    const fields = { 'X-SES-Spam-Verdict': 'PASS', 'Authentication-Results': results, 'Received-SPF': 'pass (x)' };
    expect(await doubted(fields)).toBe(false);
    const mail = await readMail(`X-SES-Spam-Verdict: FAIL\r\n${plainMail({ 'X-SES-Spam-Verdict': 'PASS' })}`);
    expect(isDoubted(mail.header)).toBe(true);
  });
});
