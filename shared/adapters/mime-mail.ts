import { compile } from 'html-to-text';
import PostalMime, { type Email } from 'postal-mime';
import type { IncomingMail, MailPart } from '../domain/inbound/incoming-mail.ts';
import { writtenText } from '../domain/inbound/written-text.ts';
import type { RawMail } from '../domain/ports/raw-mails.ts';

/** Bounds on what a stranger's mail may cost. Beyond them only its header is read, and a person gets the mail. */
const MOST = {
  lines: 200_000,
  parts: 500,
  nesting: 20,
  headerBytes: 256_000,
  textCharacters: 100_000,
  partCharacters: 200_000,
};

/** Reads a mail as it lies in the bucket. Never rejects: of what cannot be read, the header is tried, and then nothing is known. */
export async function readMime({ bytes, isWhole }: RawMail): Promise<IncomingMail> {
  const whole = isWhole && isModest(bytes) ? await parse(bytes, true) : undefined;
  return whole ?? (await parse(headOf(bytes), false)) ?? UNREADABLE;
}

const UNREADABLE: IncomingMail = { header: [], subject: '', body: '', fullText: '', parts: [], isWhole: false };

// Named failure: whatever is wrong with a mail that anybody can send us, it is not read as a whole.
async function parse(bytes: Uint8Array, isWhole: boolean): Promise<IncomingMail | undefined> {
  try {
    const email = await PostalMime.parse(bytes, {
      // Messages in messages are evidence, not what the sender wrote.
      forceRfc822Attachments: true,
      attachmentEncoding: 'arraybuffer',
      maxNestingDepth: MOST.nesting,
      maxHeadersSize: MOST.headerBytes,
    });
    return toMail(email, isWhole);
  } catch {
    return undefined;
  }
}

// The parser bounds how deep a mail is, not how wide: every part costs an object, and every line a turn of the event loop (14 µs).
function isModest(bytes: Uint8Array): boolean {
  return count(bytes, '\n--', MOST.parts) <= MOST.parts && count(bytes, '\n', MOST.lines) <= MOST.lines;
}

function count(bytes: Uint8Array, mark: string, most: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let at = buffer.indexOf(mark); at >= 0 && found <= most; at = buffer.indexOf(mark, at + 1)) found += 1;
  return found;
}

function headOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST.headerBytes));
  const ends = [text.indexOf('\r\n\r\n'), text.indexOf('\n\n')].filter((at) => at >= 0);
  return ends.length === 0 ? text : text.subarray(0, Math.min(...ends) + 1);
}

function toMail(email: Email, isWhole: boolean): IncomingMail {
  const fullText = textOf(email);
  const from = email.from?.address;
  return {
    header: email.headers.map(({ key, value }) => ({ name: key, value })),
    ...(from ? { from } : {}),
    ...(email.messageId ? { messageId: email.messageId } : {}),
    subject: (email.subject ?? '').slice(0, 2000),
    body: writtenText(fullText),
    fullText: email.html === undefined ? fullText : `${fullText}\n${linksIn(email.html)}`,
    parts: machineParts(email),
    isWhole,
  };
}

function textOf({ text, html }: Email): string {
  const plain = text?.slice(0, MOST.textCharacters) ?? '';
  if (plain.trim() !== '' || html === undefined) return plain;
  return htmlText(html.slice(0, MOST.textCharacters));
}

// Quotations of other mails are left out: a newsletter's footer speaks of everything that one can ask.
const htmlText = compile({
  wordwrap: false,
  selectors: [
    ...['blockquote', 'div.gmail_quote', 'div.yahoo_quoted', 'div.protonmail_quote', '#appendonsend', 'img'].map(
      (selector) => ({ selector, format: 'skip' }),
    ),
    { selector: 'a', options: { ignoreHref: true } },
  ],
  limits: { maxDepth: 50, maxChildNodes: 2000, ellipsis: '' },
});

// Links are where a quoted mail's token stands.
function linksIn(html: string): string {
  return (html.slice(0, MOST.partCharacters).match(/href\s*=\s*["'][^"']{1,4000}/gi) ?? []).slice(0, 200).join('\n');
}

function machineParts({ attachments }: Email): MailPart[] {
  return attachments
    .filter(({ mimeType }) => mimeType.startsWith('message/') || mimeType === 'text/rfc822-headers')
    .map(({ mimeType, content }) => ({ type: mimeType, text: decode(content).slice(0, MOST.partCharacters) }));
}

function decode(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
