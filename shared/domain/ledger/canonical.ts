import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785): one text for one value, so that a leaf's bytes can be made again. Throws on what JSON has no word for. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no JSON form');
  return text;
}

/** Whether `text`, which parses to `value`, is its canonical form. */
export function isCanonical(text: string, value: object): boolean {
  // RFC 8785 writes strings and numbers as JSON.stringify does; only the order of names is its own. Several times faster than writing anew.
  const isSimple = isOrdered(value) && !text.includes(SURROGATE) && JSON.stringify(value) === text;
  return isSimple || isCanonicalSlowly(text, value);
}

/** How JSON.stringify writes half a surrogate pair, for which RFC 8785 has no form. */
const SURROGATE = String.raw`\ud`;

function isCanonicalSlowly(text: string, value: object): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    // Half a surrogate pair.
    return false;
  }
}

// Own properties only, as JSON.parse makes no others.
function isOrdered(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isOrdered);
  let previous: string | undefined;
  for (const name in value) {
    if ((previous !== undefined && previous >= name) || !isOrdered((value as Record<string, unknown>)[name]))
      return false;
    previous = name;
  }
  return true;
}
