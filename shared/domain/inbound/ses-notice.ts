import { fieldOf } from './header-fields.ts';
import type { IncomingMail } from './incoming-mail.ts';

/** What SES tells of a mail by SNS, whose topic is subscribed by e-mail. */
export type SesNotice =
  | { kind: 'complaint'; recipients: string[] }
  | { kind: 'delivery'; failed: { address: string; isPermanent: boolean }[] };

/** Reads such a notice; `undefined` for any other mail. */
export function readSesNotice({ header, fullText }: IncomingMail): SesNotice | undefined {
  if (fieldOf(header, 'x-amz-sns-message-id') === undefined) return undefined;
  const notice = parseNotice(fullText);
  if (notice === undefined) return undefined;
  if (notice.complaint !== undefined) {
    return { kind: 'complaint', recipients: addressesOf(notice.complaint.complainedRecipients) };
  }
  const isPermanent = notice.bounce?.bounceType === 'Permanent';
  const failed = addressesOf(notice.bounce?.bouncedRecipients).map((address) => ({ address, isPermanent }));
  return { kind: 'delivery', failed };
}

interface Notice {
  bounce?: { bounceType?: unknown; bouncedRecipients?: unknown };
  complaint?: { complainedRecipients?: unknown };
}

// Mail systems cut lines of more than 998 characters and mark the place with "!" and a blank; SNS adds a footer below "--".
function parseNotice(text: string): Notice | undefined {
  const [json = ''] = text.split(/\r?\n--\r?\n/);
  try {
    const notice: unknown = JSON.parse(json.replace(/!\r?\n /g, '').replace(/\r?\n/g, ''));
    const isNotice =
      typeof notice === 'object' && notice !== null && ('notificationType' in notice || 'eventType' in notice);
    return isNotice ? (notice as Notice) : undefined;
  } catch {
    // Named failure: text that is no JSON, so no notice.
    return undefined;
  }
}

function addressesOf(recipients: unknown): string[] {
  if (!Array.isArray(recipients)) return [];
  return recipients.flatMap((recipient: { emailAddress?: unknown } | null) =>
    typeof recipient?.emailAddress === 'string' ? [recipient.emailAddress] : [],
  );
}
