import { convert, type FormatCallback } from 'html-to-text';

/** A link of a body as its reader meets it. */
export interface BodyLink {
  href: string;
  /** What stands on it or before it. */
  label: string;
  isHidden: boolean;
}

export interface ShownBody {
  words: string;
  links: readonly BodyLink[];
}

/** A mail program shows no more than this, and a hostile mail shall not keep us busy. */
const MAX_CHARACTERS = 2_000_000;
const MAX_DEPTH = 200;

/** What a reader of the HTML part sees. Style sheets are not read: only what is hidden at the element itself counts as hidden. */
export function readHtml(html: string): ShownBody {
  const links: BodyLink[] = [];
  const collect: FormatCallback = (element, walk, builder) => {
    links.push({ href: String(element.attribs?.href ?? ''), label: labelOf(element), isHidden: isHidden(element) });
    walk(element.children, builder);
  };
  const words = convert(html.slice(0, MAX_CHARACTERS), {
    wordwrap: false,
    formatters: { collect },
    selectors: [
      { selector: 'a', format: 'collect' },
      { selector: 'img', format: 'skip' },
    ],
    limits: { maxDepth: MAX_DEPTH },
  });
  return { words, links };
}

/** What a reader of the text part sees: each URL, with its line and the one before as its label. */
export function readText(text: string): ShownBody {
  const lines = text.slice(0, MAX_CHARACTERS).split(/\r?\n/);
  const written = lines.filter((line) => line.trim() !== '');
  const links = written.flatMap((line, index) =>
    [...line.matchAll(/https?:\/\/[^\s<>"]+/gi)].map(([url]) => {
      return { href: url.replace(/[.,;:!?)\]]+$/, ''), label: `${written[index - 1] ?? ''} ${line}`, isHidden: false };
    }),
  );
  return { words: written.join('\n'), links };
}

type Element = Parameters<FormatCallback>[0];

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])/i;

function isHidden(link: Element): boolean {
  if (labelOf(link) === '') return true;
  for (let element: Element | null | undefined = link; element; element = element.parent) {
    if (HIDING.test(element.attribs?.style ?? '') || 'hidden' in (element.attribs ?? {})) return true;
  }
  return false;
}

/** Text and alternative texts of all that stands on a link. */
function labelOf(link: Element): string {
  const waiting = [link];
  let label = '';
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    label += element.data ?? element.attribs?.alt ?? '';
    for (const child of (element.children ?? []).toReversed()) waiting.push(child);
  }
  return label.trim();
}
