import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import chromium, { inflate } from '@sparticuz/chromium';
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

/** What axe finds against WCAG 2.2 A and AA, one line each. It works in `inspector`, since the page itself runs no script. */
export async function accessibilityProblems(page: Page, inspector: Page): Promise<string[]> {
  await inspector.setContent(await page.content());
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page: inspector }).withTags(tags).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
