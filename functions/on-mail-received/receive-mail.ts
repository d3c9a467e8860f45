import { derivedId } from '../../shared/domain/derived-id.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import { classifyMail, type MailKind } from '../../shared/domain/inbound/classify-mail.ts';
import { fieldOf } from '../../shared/domain/inbound/header-fields.ts';
import type { IncomingMail } from '../../shared/domain/inbound/incoming-mail.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { RAW_MAIL_DAYS } from '../../shared/domain/policy.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { RawMail, RawMails } from '../../shared/domain/ports/raw-mails.ts';
import type { Reviews } from '../../shared/domain/ports/reviews.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import { type Findings, type Hearing, NOTHING } from './findings.ts';
import { hearBounce, hearComplaint } from './hear-report.ts';
import { hearPerson, hearRobot } from './hear-writer.ts';

export interface ReceiveMailPorts extends Hearing {
  rawMails: RawMails;
  /** Never rejects: what cannot be read is a mail with `isWhole: false`. */
  readMail: (raw: RawMail) => Promise<IncomingMail>;
  optOuts: OptOuts;
  reviews: Reviews;
  subjectKeys: SubjectKeys;
  now: () => Date;
  /** Whole days that a request's record is kept. */
  requestDays: number;
  /** Addresses from which Heed itself writes. */
  ours: readonly string[];
}

/** What became of a mail, without a word of it. */
export interface Received {
  /** `gone`: it was handled before. */
  kind: MailKind | 'gone';
  optOuts: number;
  isForPerson: boolean;
}

type Hear = (hearing: Hearing, mail: IncomingMail) => Promise<Findings>;

const HEAR: Readonly<Record<MailKind, Hear>> = {
  person: hearPerson,
  'auto-reply': hearRobot,
  'complaint-report': hearComplaint,
  bounce: hearBounce,
  loop: async () => NOTHING,
};

/**
 * Does what a mail that came in asks for: an opt-out is in force when this resolves. It answers nothing itself; the receipt follows from the
 * stream. A mail that needs no person is deleted, any other stays where it is. The same mail again changes nothing.
 */
export function receiveMail(ports: ReceiveMailPorts) {
  return async (objectKey: string): Promise<Received> => {
    const raw = await ports.rawMails.read(objectKey);
    if (raw === undefined) return { kind: 'gone', optOuts: 0, isForPerson: false };
    const mail = await ports.readMail(raw);
    const kind = classifyMail(mail, ports.ours);
    const { optOuts, review } = await HEAR[kind](ports, mail);
    const mailId = nameOf(mail, objectKey);
    await record(ports, optOuts, mailId);
    if (review === undefined) await ports.rawMails.remove(objectKey);
    else await hand(ports, review, { objectKey, mailId });
    return { kind, optOuts: optOuts.length, isForPerson: review !== undefined };
  };
}

async function record(ports: ReceiveMailPorts, optOuts: Findings['optOuts'], mailId: string[]): Promise<void> {
  const { subjectKeys, requestDays } = ports;
  const receivedAt = ports.now();
  for (const found of optOuts) {
    const subjectKey = subjectKeys.current(found.identifier);
    const requestId = derivedId('req_', subjectKey, found.manner, ...mailId);
    await ports.optOuts.recordOnce(optOutRequest({ ...found, subjectKey, requestId, receivedAt, requestDays }));
  }
}

async function hand(
  ports: ReceiveMailPorts,
  { identifier, ...facts }: NonNullable<Findings['review']>,
  { objectKey, mailId }: { objectKey: string; mailId: string[] },
): Promise<void> {
  const receivedAt = ports.now();
  await ports.reviews.open({
    ...facts,
    ...(identifier && { subjectKey: ports.subjectKeys.current(identifier) }),
    reviewId: derivedId('rev_', ...mailId),
    objectKey,
    receivedAt,
    expiresAt: secondsAfter(receivedAt, RAW_MAIL_DAYS, 'days'),
  });
}

// Mail systems deliver a mail again under another key when an answer was lost. Some programs use one Message-ID for ever, hence the date.
function nameOf({ messageId, header }: IncomingMail, objectKey: string): string[] {
  return messageId === undefined ? [objectKey] : [messageId, fieldOf(header, 'date') ?? ''];
}
