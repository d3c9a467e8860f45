import { describe, expect, it } from 'vitest';
import { classifyMail, type MailKind } from '../../../shared/domain/inbound/classify-mail.ts';
import { complainants } from '../../../shared/domain/inbound/complaint-report.ts';
import { failedRecipients } from '../../../shared/domain/inbound/delivery-report.ts';
import { mailFile, mailFiles, readMail } from '../../support/mail-files.ts';

type Label = { kind: MailKind; complained?: string[]; permanent?: string[]; transient?: string[] };

const complaint = (...complained: string[]): Label => ({ kind: 'complaint-report', complained });
const gone = (...permanent: string[]): Label => ({ kind: 'bounce', permanent });
const robot: Label = { kind: 'auto-reply' };

/** What each mail is, by the README of the collection and by reading it. */
const LABELS: Readonly<Record<string, Label>> = {
  // Redacted: the name is no mailbox's, which `isRedacted` tells.
  'arf-01.eml': complaint('redacted@example.net'),
  // "Undisclosed Recipients": it names nobody.
  'arf-11.eml': complaint(),
  'arf-14.eml': complaint('kijitora@y.example.com'),
  'arf-16.eml': complaint(
    ...['kijitora', 'sironeko', 'mikeneko', 'sabatora'].map((cat) => `${cat}@example.com`),
    'sirokiji@example.org',
    ...['kuroneko', 'sabineko'].map((cat) => `${cat}@example.com`),
  ),
  'arf-18.eml': complaint('kijitora@example.com'),
  'arf-20.eml': complaint('kijitora@example.org'),
  'arf-22.eml': complaint('kijitora@example.com'),
  'arf-24.eml': complaint('kijitora@example.com'),
  // Apple's button, whose mail says of itself that it is automatic.
  'arf-26.eml': complaint('example@icloud.com'),
  'is-not-bounce-02.eml': { kind: 'person' },
  'lhost-amazonses-02.eml': gone('this-local-part-does-not-exist-on-the-server@docomo.ne.jp'),
  'lhost-amazonses-05.eml': gone('bounce@simulator.amazonses.com'),
  'lhost-amazonses-07.eml': gone('6@neko.nyaan.example.org'),
  'lhost-amazonses-09.eml': gone('bounce@simulator.amazonses.com'),
  'lhost-amazonses-11.eml': complaint('complaint@simulator.amazonses.com'),
  // Tells of a delivery.
  'lhost-amazonses-13.eml': { kind: 'bounce' },
  'lhost-amazonses-15.eml': gone('kijitora@neko.example.com'),
  'lhost-amazonses-17.eml': { kind: 'bounce', transient: ['kijitora@example.com'] },
  'lhost-amazonses-19.eml': gone('kijitora@example.com'),
  'lhost-amazonses-21.eml': gone('kijitora@example.com'),
  'rfc3834-02.eml': robot,
  'rfc3834-04.eml': robot,
  'rfc3834-06.eml': robot,
};

async function read(raw: string): Promise<Label> {
  const mail = await readMail(raw);
  const failed = failedRecipients(mail) ?? [];
  const of = (isPermanent: boolean) =>
    failed.filter((one) => one.isPermanent === isPermanent).map(({ address }) => address);
  const complained = complainants(mail);
  return {
    kind: classifyMail(mail),
    ...(complained && { complained }),
    ...(of(true).length > 0 && { permanent: of(true) }),
    ...(of(false).length > 0 && { transient: of(false) }),
  };
}

describe('the collection of real mails', () => {
  it('is labelled as a whole', () => expect(Object.keys(LABELS)).toEqual(mailFiles()));

  it.each(Object.entries(LABELS))('%s is understood as what it is, with either end of line', async (name, label) => {
    expect(await read(mailFile(name))).toEqual(label);
    expect(await read(mailFile(name).replace(/\r?\n/g, '\r\n'))).toEqual(label);
  });

  it.each(mailFiles())('%s is understood whatever the case of its field names', async (name) => {
    const shout = mailFile(name).replace(/^(?!X-)[A-Za-z-]+(?=:)/gm, (field) => field.toUpperCase());
    expect((await read(shout)).kind).toBe(LABELS[name]?.kind);
  });
});
