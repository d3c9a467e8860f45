import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Html, trusted } from './html.ts';

const logos = new Map<string, Html>();

/** A brand's logo as markup, from `logos/<name>.svg` beside this module or the bundle. Synth has checked it: shapes and colours only (infra/logo.ts). */
export function logo(name: string): Html {
  const known = logos.get(name);
  if (known !== undefined) return known;
  const markup = trusted(readFileSync(join(import.meta.dirname, 'logos', `${name}.svg`), 'utf8').trim());
  logos.set(name, markup);
  return markup;
}
