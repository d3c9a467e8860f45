/** One field of a header; its name in lower case, its value unfolded. */
export interface HeaderField {
  name: string;
  value: string;
}

/** Reads a header or a block of fields (RFC 5322 §2.2, RFC 3464 §2.1). Lines that are none are passed over. Never throws. */
export function headerFields(text: string): HeaderField[] {
  const fields: HeaderField[] = [];
  for (const line of text.split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last !== undefined) last.value = `${last.value} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0)
      fields.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return fields;
}

/** Blocks of fields, parted by blank lines. */
export function fieldBlocks(text: string): HeaderField[][] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map(headerFields)
    .filter((fields) => fields.length > 0);
}

/** The header of a message: what stands before the first blank line. */
export function headerOf(message: string): HeaderField[] {
  return fieldBlocks(message)[0] ?? [];
}

/** All values of one field, in order. */
export function fieldsOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map(({ value }) => value);
}

/** First value of a field. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** Everything in a value that looks like an address, in whatever clothes: `<a@b>`, `rfc822; a@b`, `Name <a@b>, c@d`. In linear time. */
export function addressesIn(value: string): string[] {
  return value.split(/[\s<>,;:"'()[\]]+/).filter((word) => /^[^@]+@[^@]+$/.test(word));
}
