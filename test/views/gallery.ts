import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { mailParts } from '../../infra/constructs/mail-layout.ts';
import { localPath } from '../../infra/local/project.ts';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { html } from '../../shared/views/html.ts';
import { openBrowser } from '../e2e/browser.ts';
import { SCHEMES, SCREENS, type Scheme, type Screen } from './screens.ts';
import { shown } from './shown.ts';

/** `npm run gallery -- de`: a picture of every page on every kind of screen in one language, to be looked through. */
const [tag = 'en', ...parts] = process.argv.slice(2);
const locale = LOCALES.find((one) => one === tag);
if (locale === undefined) throw new Error(`No language ${tag}; there are ${LOCALES.join(', ')}`);

// As the bundler does it.
Object.assign(globalThis, { MAIL_PARTS: await mailParts() });

const folder = localPath('gallery');
const names = await takePictures(locale);
writeFileSync(join(folder, 'index.html'), index(names));
process.stdout.write(`${join(folder, 'index.html')}\n`);

async function takePictures(language: Locale): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const chosen = shown(language).filter(([name]) => parts.every((part) => name.includes(part)));
  const browser = await openBrowser();
  for (const screen of Object.keys(SCREENS) as Screen[])
    for (const scheme of SCHEMES) await takeRow(browser, { screen, scheme, chosen });
  await browser.close();
  return chosen.map(([name]) => name);
}

interface Row {
  screen: Screen;
  scheme: Scheme;
  chosen: ReturnType<typeof shown>;
}

async function takeRow(browser: Browser, { screen, scheme, chosen }: Row): Promise<void> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: SCREENS[screen] });
  const page = await context.newPage();
  for (const [name, markup] of chosen) {
    await page.setContent(markup);
    await page.screenshot({ path: join(folder, fileName(name, screen, scheme)), fullPage: true });
  }
  await context.close();
}

function fileName(name: string, screen: Screen, scheme: Scheme): string {
  return `${name}.${screen}.${scheme}.png`;
}

function index(names: readonly string[]): string {
  const pictures = (name: string) =>
    Object.keys(SCREENS).flatMap((screen) =>
      SCHEMES.map((scheme) => {
        const file = fileName(name, screen as Screen, scheme);
        return html`<a href="${file}"><img src="${file}" alt="${name}, ${screen}, ${scheme}" loading="lazy"></a>`;
      }),
    );
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Gallery</title>
<style>body{font:1rem system-ui;margin:2rem;background:#888}p{display:flex;gap:1rem;align-items:start}img{inline-size:20rem}</style>
${names.map((name) => html`<h2 id="${name}">${name}</h2>\n<p>${pictures(name)}</p>\n`)}
</html>
`.toString();
}
