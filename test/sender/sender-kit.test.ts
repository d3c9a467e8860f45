import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openKeyRing } from '../../shared/adapters/key-ring.ts';
import { tokenOfUrl } from '../../shared/domain/unsubscribe-link.ts';
import { TEST_SECRET, testKeyRing } from '../support/test-key-ring.ts';

const ROOT = join(import.meta.dirname, '../..');
const documentation = readFileSync(join(ROOT, 'docs/sender-kit.md'), 'utf8');
const example = /```js\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '';
/** Makes any import of AWS fail, and answers as Heed does. */
const WITHOUT_AWS = `import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) => {
  if (/^@(aws-sdk|smithy)\\//.test(name)) throw new Error('AWS was loaded');
  return next(name, context);
} });
globalThis.fetch = async (url) => {
  if (url !== 'https://optout.example.com/.well-known/heed-sender-keys.json') throw new Error('not the keys');
  return Response.json(${JSON.stringify(testKeyRing().senderKeys())});
};`;

async function runAsModule(code: string) {
  const preload = `data:text/javascript,${encodeURIComponent(WITHOUT_AWS)}`;
  const args = ['--import', preload, '--input-type=module', '--eval', code];
  return await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH } });
}

describe('the example of docs/sender-kit.md', () => {
  it('runs on plain Node without AWS, and its link opens in Heed', async () => {
    const { stdout, stderr } = await runAsModule(`${example}\nconsole.log(JSON.stringify({ url, headers, mail }));`);
    expect(stderr).toBe('');
    const { url, headers, mail } = JSON.parse(stdout);
    const { links } = openKeyRing(TEST_SECRET, ['weekly-offers']);
    expect(await links.open('unsubscribe', tokenOfUrl(url))).toEqual({
      use: 'unsubscribe',
      identifier: { kind: 'email', canonical: 'reader@example.org' },
      scope: 'email:marketing:weekly-offers',
      locale: 'de',
    });
    expect(headers['List-Unsubscribe']).toBe(
      `<${url}>, <mailto:optout@optout.example.com?subject=unsubscribe%20${tokenOfUrl(url)}>`,
    );
    expect(mail).toContain('Diese Nachrichten abbestellen');
  });

  it('stops a mail without its footer from going out', async () => {
    const broken = example.replace(/\$\{footer.text\}/, '');
    await expect(runAsModule(broken)).rejects.toMatchObject({
      stderr: expect.stringContaining('The text part has no link to unsubscribe'),
    });
  });
});
