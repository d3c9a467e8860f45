import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mjml from 'mjml/package.json' with { type: 'json' };

/** Parts of the layout by name, as `shared/views/mails/mail-parts.ts` lists them. */
type Parts = Readonly<Record<string, string>>;

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCE = join(ROOT, 'shared', 'views', 'mails', 'layout.mjml');

/** The mails' layout, compiled by MJML for all the tables that mail programs need, and kept beside the other builds: MJML takes a second to start. */
export async function mailParts(): Promise<Parts> {
  const source = readFileSync(SOURCE, 'utf8');
  const made = createHash('sha256')
    .update(source)
    .update(readFileSync(import.meta.filename))
    .update(mjml.version);
  const file = join(ROOT, '.build', `mail-parts-${made.digest('hex').slice(0, 16)}.json`);
  if (!existsSync(file)) await write(file, cut(tidy(await compile(source))));
  return JSON.parse(readFileSync(file, 'utf8')) as Parts;
}

async function compile(source: string): Promise<string> {
  const { default: toHtml } = await import('mjml');
  const { html, errors } = await toHtml(source, { fonts: {}, validationLevel: 'strict' });
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return html;
}

/**
 * Takes out what only images, fonts and drawings need, so that the markup names no address at all (CS-07), and gives the
 * reading direction to the language.
 */
export function tidy(html: string): string {
  return html
    .replace(/ xmlns(?::\w+)?="[^"]*"/g, '')
    .replace(/<!--\[if !mso\]><!-->[\s\S]*?<!--<!\[endif\]-->/, '')
    .replace(/<!--\[if mso\]>\s*<noscript>[\s\S]*?<!\[endif\]-->/, '')
    .replace(/<!--\[if lte mso 11\]>[\s\S]*?<!\[endif\]-->/, '')
    .replace(/<meta http-equiv="Content-Type"[^>]*>/, '<meta charset="utf-8">')
    .replaceAll('<style type="text/css">', '<style>')
    .replace(/<style media="[^"]*">[\s\S]*?<\/style>/, '')
    .replace(/ *img \{[^}]*\}/, '')
    .replaceAll('direction:ltr', 'direction:{{dir}}')
    .replaceAll('text-align:left', 'text-align:{{start}}')
    .replaceAll('align="left"', 'align="{{start}}"')
    .replaceAll('class=""', '')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replaceAll('< ', '<');
}

/** Cuts at the marks `<!--part:name-->`: what comes before the first one opens the mail, what comes after `end` closes it. */
export function cut(html: string): Parts {
  const [opening = '', ...rest] = html.split('<!--part:');
  const parts = rest.map((text) => [/^\w+/.exec(text)?.[0] ?? '', text.replace(/^\w+-->/, '')]);
  const { end: closing = '', ...blocks } = Object.fromEntries(parts) as Parts;
  return { opening, ...blocks, closing };
}

// Under its name at once: tests that run side by side never read half of it.
async function write(file: string, parts: Parts): Promise<void> {
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(parts));
  renameSync(draft, file);
}
