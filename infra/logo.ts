import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'shared', 'views', 'logos');
const MOST_BYTES = 4096;

// Shapes and colours. No script, style, image, text, link or animation is among them.
const ELEMENTS = new Set(
  'svg g path circle ellipse rect line polyline polygon defs clipPath linearGradient radialGradient stop'.split(' '),
);
const ATTRIBUTE =
  /^(?:xmlns|viewBox|preserveAspectRatio|id|d|points|transform|gradient(?:Units|Transform)|clipPathUnits|offset|[cfr][xy]|[rxy][12]?|r|width|height|opacity|(?:fill|stroke|stop|clip)(?:-[a-z]+)?)$/;

/** One tag with quoted attributes, and no text behind it. */
const TAG = /<(\/?)(\w+)((?:\s+[\w:-]+="[^"<>&]*")*)\s*\/?>\s*/y;

/** Why a logo may not stand in our pages, one sentence each. Pages hold it as it is, so whatever is not known is refused. */
export function logoProblems(name: string): string[] {
  const file = join(FOLDER, `${name}.svg`);
  if (!existsSync(file)) return [`There is no file shared/views/logos/${name}.svg`];
  return svgProblems(readFileSync(file, 'utf8').trim()).map((problem) => `${name}.svg: ${problem}`);
}

export function svgProblems(svg: string): string[] {
  const bytes = Buffer.byteLength(svg);
  return [
    ...(bytes > MOST_BYTES ? [`${bytes} bytes are more than ${MOST_BYTES}`] : []),
    ...(/^<svg\s[^>]*viewBox="[^"]*"/.test(svg) ? [] : ['it does not begin with an <svg> that has a viewBox']),
    ...tagProblems(svg),
  ];
}

function tagProblems(svg: string): string[] {
  const problems: string[] = [];
  TAG.lastIndex = 0;
  while (TAG.lastIndex < svg.length) {
    const at = TAG.lastIndex;
    const [, , element = '', attributes = ''] = TAG.exec(svg) ?? [];
    if (element === '') return [...problems, `cannot be read at "${svg.slice(at, at + 30)}"`];
    if (!ELEMENTS.has(element)) problems.push(`<${element}> is not allowed`);
    problems.push(...attributeProblems(attributes));
  }
  return problems;
}

function attributeProblems(attributes: string): string[] {
  return [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) => {
    if (!ATTRIBUTE.test(name)) return [`the attribute ${name} is not allowed`];
    return isOwn(name, value) ? [] : [`${name}="${value}" leads out of the file`];
  });
}

// The name of the format itself is the one address that may stand there: nobody fetches it.
function isOwn(name: string, value: string): boolean {
  if (name === 'xmlns') return value === 'http://www.w3.org/2000/svg';
  return /^(?:url\(#[\w-]+\)|[^:()\\]*|(?:matrix|translate|scale|rotate|skew[XY]|rgb|hsl|[\s\d.,%()-])*)$/.test(value);
}
