import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES } from '../../shared/settings.ts';

/**
 * What a module reads beside itself when it needs it, by module: such files lie beside the bundle of every function that holds the
 * module. In the bundle all languages and logos would be read at each start, and one is needed.
 */
const READ_BESIDE: Readonly<Record<string, { from: string; names: readonly string[] }>> = {
  'shared/i18n/strings.ts': texts(''),
  'shared/i18n/privacy-strings.ts': texts('privacy.'),
  'shared/i18n/ropa-strings.ts': texts('ropa.'),
  'shared/views/logo.ts': { from: 'shared/views', names: ['logos'] },
};

/** Copies what the modules of a bundle read into the bundle's folder. */
export function copyCompanions(bundle: { root: string; modules: readonly string[]; folder: string }): void {
  for (const { from, names } of bundle.modules.flatMap((module) => READ_BESIDE[module] ?? [])) {
    for (const name of names) {
      const source = join(bundle.root, from, name);
      // The bench bundles older checkouts, too.
      if (existsSync(source)) cpSync(source, join(bundle.folder, name), { recursive: true });
    }
  }
}

function texts(prefix: string) {
  return { from: 'shared/i18n', names: LOCALES.map((locale) => `${prefix}${locale}.json`) };
}
