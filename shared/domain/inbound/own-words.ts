import EmailReplyParser from 'email-reply-parser';

/** What of a mail its sender wrote, as far as can be told. */
export interface OwnWords {
  /** Without quotations and what stands below `-- `. */
  text: string;
  /** Without closing words and "Sent from my phone", too. */
  core: string;
  /** `false`: too strange to be taken apart; lines marked as quoted are gone, and nothing else. */
  isTame: boolean;
}

/** Longer letters say what they want before this. */
const MAX_CHARACTERS = 20_000;

/** Takes quotations and signature from the body of a mail. Linear in its length. */
export function ownWords(body: string): OwnWords {
  const text = foldLines(body.slice(0, MAX_CHARACTERS).replace(/\r\n?/g, '\n'));
  const own = beforeForwarded(text);
  if (!isTame(own)) {
    const unmarked = own.replace(/^[ \t]*>.*$/gm, '');
    return { text: unmarked, core: unmarked, isTame: false };
  }
  const fragments = new EmailReplyParser().read(own).getFragments();
  const unquoted = fragments.filter((fragment) => !fragment.isQuoted() && !isDashSignature(fragment.getContent()));
  const written = (parts: typeof fragments) => parts.map((fragment) => fragment.getContent()).join('\n');
  return {
    text: written(unquoted),
    core: written(unquoted.filter((fragment) => !fragment.isSignature())),
    isTame: true,
  };
}

// The parser's expressions backtrack within a line and over runs of blanks: both are kept short.
function foldLines(text: string): string {
  return text
    .replace(/[^\S\n]{3,}/g, '  ')
    .replace(/(?:[^\S\n]*\n){3,}/g, '\n\n')
    .split('\n')
    .flatMap(shortLines)
    .join('\n');
}

function shortLines(line: string): string[] {
  return line.length <= MAX_LINE ? [line] : (line.match(LINE_PIECES) ?? []);
}

const MAX_LINE = 240;
const LINE_PIECES = /.{1,240}(?:\s|$)|.{1,240}/g;

/** A line of dashes around some words, or a mail program's own: what follows is another's mail. */
const FORWARDED =
  /^[ \t]*(?:-{3,}[ \t]?[^-\n]{3,60}-{3,}[ \t]*$|(?:begin forwarded message|anfang der weitergeleiteten|debut du message|début du message|inizio messaggio inoltrato|inicio del mensaje reenviado)\b)/im;

function beforeForwarded(text: string): string {
  const at = text.search(FORWARDED);
  return at < 0 ? text : text.slice(0, at);
}

// RFC 3676 §4.3; programs that trim lines leave the two dashes.
function isDashSignature(fragment: string): boolean {
  return /^\s*--[ \t]*(?:\n|$)/.test(fragment);
}

/** Words that the parser looks for after the beginning of a quotation's heading, and such beginnings. */
const HEADING_END =
  /wrote|écrit|escribió|scritto|escreveu|schrieb|schreef|pisze|napisał|skrev|kirjoitti|写道|작성|メッセージ/g;
const HEADING_START = /^\s*(?:On|Le|El|Il|Em|Am|Op|W|Dnia|Den|pe|ср|在|20|From|Von|De|Van|Da|[a-z]{3,4}\.)/gm;

// Each beginning is tried with each end: a text that is made of them would keep the parser busy for minutes.
function isTame(text: string): boolean {
  return (text.match(HEADING_END)?.length ?? 0) <= 20 && (text.match(HEADING_START)?.length ?? 0) <= 100;
}
