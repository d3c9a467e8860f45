/**
 * What somebody wrote in a mail, without what their program quotes below or above it. A quoted newsletter speaks of everything that one can
 * ask for; none of it is the sender's wish. Goes by the shape of quotations, not by words, so that it holds in every language.
 */
export function writtenText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((_, index) => beginsForwardedMail(lines, index));
  const own = end < 0 ? lines : lines.slice(0, end);
  return own
    .filter((line, index) => !isQuoted(line) && !isAttribution(own, index))
    .join('\n')
    .trim();
}

function isQuoted(line: string | undefined): boolean {
  return line !== undefined && /^\s*[>|]/.test(line);
}

/** "On … wrote:", above a quotation; programs fold it once, and the time stands in its first line. */
function isAttribution(lines: readonly string[], index: number): boolean {
  if (leadsToQuote(lines, index)) return true;
  return !/\d/.test(lines[index + 1] ?? '') && /\d.*[<@]/.test(lines[index] ?? '') && leadsToQuote(lines, index + 1);
}

function leadsToQuote(lines: readonly string[], index: number): boolean {
  if (!/[:：]\s*$/.test(lines[index] ?? '')) return false;
  return isQuoted(lines[index + 1]) || (lines[index + 1]?.trim() === '' && isQuoted(lines[index + 2]));
}

// Outlook's way: a rule or a title between dashes, or a block of header fields, and below it the other mail as it was.
function beginsForwardedMail(lines: readonly string[], index: number): boolean {
  const line = lines[index]?.trim() ?? '';
  if (/^(?:-{4,}.{0,60}\p{L}.{0,60}-{4,}|_{20,})$/u.test(line)) return true;
  const block = lines.slice(index, index + 3);
  return block.length === 3 && block.every(isField) && block.some((field) => field.includes('@'));
}

function isField(line: string): boolean {
  return /^\s*\*?\p{L}[\p{L} ]{0,20}\s?[:：]\*?\s*\S/u.test(line.slice(0, 200));
}
