import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import axe from 'axe-core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

// For Lambda's cramped machine, or against the very rules that the pages rely on.
const UNWANTED = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];

/** A browser that comes from npm alone. Where the machine lacks its shared libraries and fonts, the package's own are used. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const launch = async (env: NodeJS.ProcessEnv) =>
    await playwright.launch({
      executablePath,
      args: chromium.args.filter((argument) => !UNWANTED.includes(argument)),
      env: { ...process.env, ...fonts(), ...env } as Record<string, string>,
    });
  return await launch({}).catch(async () => await launch(await ownLibraries()));
}

async function ownLibraries(): Promise<NodeJS.ProcessEnv> {
  const archive = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'));
  await inflate(archive.pathname);
  return { LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') };
}

function fonts(): NodeJS.ProcessEnv {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
}

const CRITERIA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose verdict may change with the screen and the colours. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

/** What axe finds against WCAG 2.2 A and AA, one line each. It works in `inspector`, since the page itself runs no script. */
export async function accessibilityProblems(page: Page, inspector: Page): Promise<string[]> {
  await inspector.setContent(await page.content());
  return await axeFindings(inspector);
}

/** What axe finds on what a page shows now, one line each: by all rules, or by those on looks alone. */
export async function axeFindings(page: Page, rules: 'all' | 'looks' = 'all'): Promise<string[]> {
  const options = {
    runOnly: rules === 'all' ? CRITERIA : { type: 'rule', values: LOOKS },
    resultTypes: ['violations'],
  };
  // It stays when the document is replaced, so that a page is given it once: that is most of its cost.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
