import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { esbuildOptions } from '../../../infra/constructs/bundling.ts';

const folder = await mkdtemp(join(tmpdir(), 'words-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

// The parser of quotations asks for `import.meta.url` while it is loaded, which CommonJS does not have.
it('mails are understood in a bundle as it is deployed', async () => {
  const outfile = join(folder, 'index.cjs');
  const entryPoints = [join(import.meta.dirname, '../../../shared/domain/inbound/understand-text.ts')];
  await build({ ...esbuildOptions('on-mail-received'), entryPoints, outfile, logLevel: 'warning' });
  const { understandText } = createRequire(import.meta.url)(outfile);
  expect(understandText({ subject: 'unsubscribe', body: '> quoted' }).intents).toEqual(['opt-out']);
});
