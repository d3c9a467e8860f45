import { textDirection } from '../../i18n/text-direction.ts';
import { palette } from '../../palette.ts';
import { type Html, html, trusted } from '../html.ts';
import type { PageFrame } from '../layout.ts';
import type { MailParts } from './mail-parts.ts';

/** One thing that a mail says. All texts are plain: they are escaped here, and a mail carries no other markup than ours. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  /** Lines under a heading, such as what an opt-out is about. */
  | { kind: 'list'; title: string; items: readonly string[] }
  /** What is on record: term and description, one below the other. */
  | { kind: 'facts'; facts: readonly (readonly [term: string, description: string])[] }
  /** A link with, below it, what it does. */
  | { kind: 'link'; url: string; label: string; detail?: string }
  /** Small print. */
  | { kind: 'note'; text: string };

export interface MailContent extends PageFrame {
  /** One line that says nothing about the person; also the headline. */
  subject: string;
  blocks: readonly MailBlock[];
}

/** A mail as the mail system takes it. */
export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/**
 * Every mail that we send: the same calm page, as text and as markup, with who is responsible below it (CS-06). It holds no image, no
 * script, no tracking and fetches nothing, and its links are those of its blocks, in their order (CS-07).
 */
export function mail(content: MailContent): ComposedMail {
  return { subject: content.subject, text: asText(content), html: asMarkup(content) };
}

function asText({ strings, controller, blocks }: MailContent): string {
  const paragraphs = [
    ...blocks.flatMap(textOf),
    [strings('page.controller'), controller.name, ...controller.postalAddress],
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Paragraphs of lines. A link stands on a line of its own, so that every mail program finds its ends. */
function textOf(block: MailBlock): string[][] {
  switch (block.kind) {
    case 'list':
      return [[block.title, ...block.items.map((item) => `- ${item}`)]];
    case 'facts':
      return block.facts.map(([term, description]) => [term, description]);
    case 'link':
      return [[block.label, block.url, ...(block.detail === undefined ? [] : [block.detail])]];
    default:
      return [[block.text]];
  }
}

function asMarkup(content: MailContent): string {
  const { strings, brand, controller, subject, blocks } = content;
  const { light, dark, font } = palette(brand.look);
  const frame = {
    lang: strings.locale,
    dir: textDirection(strings.locale),
    start: textDirection(strings.locale) === 'rtl' ? 'right' : 'left',
    font: trusted(font.replaceAll('"', "'")),
    accent: light.accent,
    accentDark: dark.accent,
    brand: brand.name,
    responsible: strings('page.controller'),
    address: lines([controller.name, ...controller.postalAddress]),
    subject,
  };
  const filled = (part: keyof MailParts, values: Values = {}) => fill(MAIL_PARTS[part], { ...frame, ...values });
  const body = blocks.flatMap(partsOf).map(([part, values]) => filled(part, values));
  return [filled('opening'), ...body, filled('closing')].join('');
}

type Values = Readonly<Record<string, string | Html>>;

function partsOf(block: MailBlock): [part: keyof MailParts, values: Values][] {
  switch (block.kind) {
    case 'list':
      return [
        [
          'list',
          {
            title: block.title,
            items: html`${block.items.map((item) => html`<li style="margin:0 0 4px">${item}</li>`)}`,
          },
        ],
      ];
    case 'facts':
      return block.facts.map(([term, description]) => ['fact', { term, description }]);
    case 'link':
      return [['link', { url: block.url, label: block.label }], ...detailOf(block.detail)];
    default:
      return [[block.kind, { text: block.text }]];
  }
}

function detailOf(text: string | undefined): [part: keyof MailParts, values: Values][] {
  return text === undefined ? [] : [['detail', { text }]];
}

/** One pass, so that what is filled in is never read as a slot; a slot without a value is a mistake of ours. */
function fill(part: string, values: Values): string {
  return part.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => {
    const value = values[slot];
    if (value === undefined) throw new Error(`The mail has no value for its slot ${slot}`);
    return html`${value}`.toString();
  });
}

function lines(texts: readonly string[]): Html {
  return html`${texts.map((text, at) => html`${at > 0 && html`<br>`}${text}`)}`;
}
