import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../shared/settings.ts';
import { type Bundle, bundleFunction, capabilities } from './bundle.ts';
import { HOT_BYTES } from './report.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const names = await capabilities(ROOT);
const bundles = new Map<string, Bundle>();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  for (const name of names) bundles.set(name, await bundleFunction(ROOT, name, folder));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function inputsOf(name: string): string[] {
  return [...(bundles.get(name)?.inputs ?? [])].filter(([, bytes]) => bytes > 0).map(([path]) => path);
}

// Bytes are the same on every machine; times are not, so they are for `npm run bench` to tell.
describe.each(Object.entries(HOT_BYTES))('the bundle of %s', (name, most) => {
  it(`has at most ${most} bytes`, () => {
    expect(bundles.get(name)?.bytes).toBeLessThanOrEqual(most);
  });
});

describe.each(names)('the bundle of %s', (name) => {
  it('leaves out the credential providers that no function on Lambda reaches', () => {
    expect(inputsOf(name).filter((path) => /credential-provider-(?!env\/|node\/)/.test(path))).toEqual([]);
  });

  it("leaves out zod's locales and its classic API", () => {
    expect(inputsOf(name).filter((path) => /zod\/v4\/(locales\/(?!en\.)|classic)/.test(path))).toEqual([]);
  });

  it('leaves out HTTP/2 and the CommonJS half of the SDK', () => {
    const unwanted = /node-http2|(@aws-sdk|@smithy)\/.*dist-cjs/;
    expect(inputsOf(name).filter((path) => unwanted.test(path))).toEqual([]);
  });

  it('holds no texts: all languages lie beside it, and each is read when somebody speaks it', () => {
    const [modules, files] = [[...(bundles.get(name)?.inputs.keys() ?? [])], readdirSync(join(folder, name))];
    expect(modules.filter((path) => path.startsWith('shared/i18n/') && path.endsWith('.json'))).toEqual([]);
    const languages = (prefix: string) => LOCALES.filter((locale) => files.includes(`${prefix}${locale}.json`));
    expect(languages('')).toEqual(modules.includes('shared/i18n/strings.ts') ? LOCALES : []);
    expect(languages('privacy.')).toEqual(name === 'show-privacy' ? LOCALES : []);
    expect(files.includes('logos')).toBe(modules.includes('shared/views/logo.ts'));
  });

  it('holds the layout of mails exactly when it writes some', () => {
    const writesMails = [...(bundles.get(name)?.inputs.keys() ?? [])].includes('shared/views/mails/mail.ts');
    expect(readFileSync(join(folder, name, 'index.js'), 'utf8').includes('supported-color-schemes')).toBe(writesMails);
  });

  it('holds event streams exactly when it holds the client of S3, which loads them at once', () => {
    const holds = (part: string) => inputsOf(name).some((path) => path.includes(part));
    expect(holds('/event-streams/')).toBe(holds('@aws-sdk/client-s3/'));
  });
});
