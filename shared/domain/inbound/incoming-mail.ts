import type { HeaderField } from './header-fields.ts';

/** A mail that came in, as far as it could be read. Everything in it is somebody else's word. */
export interface IncomingMail {
  header: readonly HeaderField[];
  /** Address of the author, as written. Absent: there is none that can be read. */
  from?: string;
  messageId?: string;
  subject: string;
  /** What was written, without what it quotes. HTML is turned into text. */
  body: string;
  /** All text, with what it quotes and the addresses of links. */
  fullText: string;
  /** Parts that machines read: reports and whole messages, as text. */
  parts: readonly MailPart[];
  /** `false`: too large, too deep or broken. Then only the header was read, if that. */
  isWhole: boolean;
}

export interface MailPart {
  /** MIME type in lower case. */
  type: string;
  text: string;
}

/** Text of the first part of one of these types. */
export function partOf({ parts }: IncomingMail, ...types: readonly string[]): string | undefined {
  return parts.find(({ type }) => types.includes(type))?.text;
}
