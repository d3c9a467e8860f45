import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const SOURCE = join(import.meta.dirname, '..', 'shared', 'snippet', 'optout.js');

/** The snippet for sites as it is served. ES2017: an older browser fails to read it, and then nothing is allowed. */
export function snippet(): string {
  return transformSync(readFileSync(SOURCE, 'utf8'), { minify: true, target: 'es2017', charset: 'utf8' }).code;
}
