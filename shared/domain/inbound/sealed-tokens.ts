import type { IncomingMail } from './incoming-mail.ts';

// A compact JWE with a direct key (RFC 7516 §7.1): its header begins with `{"`, its second part is empty, and A256GCM has an initialisation
// vector of 12 bytes and a tag of 16. Each part has an end, so the time is linear and words that follow are not taken along.
const SEALED = /eyJ[\w-]{10,600}\.\.[\w-]{16}\.[\w-]{10,2000}\.[\w-]{22}/g;
/** Whoever quotes more links than this quotes a whole newsletter: the first ones are about the same person. */
const MOST_TOKENS = 10;

/** Sealed tokens in what the sender's program took from a `mailto:` link: tag of the address, subject, first line of the text. */
export function addressedTokens({ header, subject, body }: IncomingMail): string[] {
  const recipients = header
    .filter(({ name }) => ['to', 'cc', 'delivered-to', 'x-original-to'].includes(name))
    .map(({ value }) => value);
  return tokensIn([...recipients, subject, body.slice(0, MOST_CHARACTERS)].join('\n'));
}

/** Sealed tokens in what a mail quotes or encloses: the links and the `List-Unsubscribe` of the mail that it is about. */
export function quotedTokens({ fullText, parts }: IncomingMail): string[] {
  return tokensIn(
    [fullText, ...parts.map(({ text }) => text)].map((text) => text.slice(0, MOST_CHARACTERS)).join('\n'),
  );
}

/** A text without its sealed tokens, for those who read words. */
export function withoutTokens(text: string): string {
  return text.replace(SEALED, '').trim();
}

const MOST_CHARACTERS = 200_000;

// Mail programs fold long subjects and links wherever they like; a token holds no blank.
function tokensIn(text: string): string[] {
  const found = [text, text.replace(/[ \t]*\r?\n[ \t>]*/g, ''), text.replace(/\s+/g, '')].flatMap(
    (spelling) => spelling.match(SEALED) ?? [],
  );
  return [...new Set(found)].slice(0, MOST_TOKENS);
}
