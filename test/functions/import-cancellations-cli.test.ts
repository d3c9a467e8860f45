import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as importCancellations from '../../functions/import-cancellations/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'import-cancellations': { summary: 'imports', load: () => Promise.resolve(importCancellations) } };
const AT = '2026-11-01T08:00:00Z';

let folder: string;
let server: Server;
let url: string;
/** Contact ids of each batch that was taken. */
let taken: string[][];
/** Statuses that come before the service answers. */
let trouble: number[];
let tokens: Set<string | undefined>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-import-'));
  [taken, trouble, tokens] = [[], [], new Set()];
  server = createServer(async (request, response): Promise<void> => {
    tokens.add(request.headers.authorization);
    const status = trouble.shift();
    if (status !== undefined) response.writeHead(status, { 'retry-after': '0' }).end();
    else response.end(JSON.stringify(await answer(request)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function answer(request: IncomingMessage) {
  const { cancellations } = JSON.parse(await readText(request)) as { cancellations: { contactId: string }[] };
  taken.push(cancellations.map(({ contactId }) => contactId));
  const rejected = cancellations.flatMap(({ contactId }, index) =>
    contactId.startsWith('u') ? [{ line: index + 1, code: 'contact.unknown', detail: 'No such contact' }] : [],
  );
  return { accepted: cancellations.length - rejected.length, duplicates: 0, superseded: 0, rejected };
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const tableOf = (...ids: string[]) => ['contactId,cancelledAt', ...ids.map((id) => `${id},${AT}`), ''].join('\n');

async function heed(...args: string[]) {
  const terminal = memoryTerminal('secret-token\n');
  const code = await runCommand(COMMANDS, ['import-cancellations', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

const real = (file: string, ...more: string[]) => heed(file, '--api', url, '--token', '-', ...more);

describe('heed import-cancellations', () => {
  it('ends with 0 when all are taken, and leaves no rejects', async () => {
    const file = await fileOf('list.csv', tableOf('a', 'b'));
    expect(await real(file)).toMatchObject({ code: 0, text: expect.stringContaining('2 cancelled, 0 known already') });
    expect(taken).toEqual([['a', 'b']]);
    expect(tokens).toEqual(new Set(['Bearer secret-token']));
    expect(await readFile(`${file}.rejects.csv`, 'utf8')).toBe('line,code,reason\r\n');
  });

  it('ends with 1 when some are rejected, and names line, code and reason', async () => {
    const file = await fileOf('list.ndjson', `${[`{"contactId":"u1","cancelledAt":"${AT}"}`, '=1+1', ''].join('\n')}`);
    expect((await real(file)).code).toBe(1);
    expect(await readFile(`${file}.rejects.csv`, 'utf8')).toBe(
      'line,code,reason\r\n1,contact.unknown,No such contact\r\n2,line.not-json,The line is not valid JSON\r\n',
    );
  });

  it('waits and tries again while the service is busy', async () => {
    trouble = [429, 503];
    expect((await real(await fileOf('list.csv', tableOf('a')))).code).toBe(0);
    expect(taken).toEqual([['a']]);
  });

  it('goes on where it stopped, and counts what was done before', async () => {
    const ids = Array.from({ length: 700 }, (_, at) => `${at === 3 || at === 600 ? 'u' : 'c'}${at}`);
    const file = await fileOf('list.csv', tableOf(...ids));
    const stop = server.listeners('request')[0] as (...args: unknown[]) => void;
    let calls = 0;
    server.removeAllListeners('request').on('request', (request, response) => {
      calls += 1;
      if (calls === 2) response.writeHead(401).end();
      else stop(request, response);
    });
    expect(await real(file)).toMatchObject({ code: 2, complaints: expect.stringContaining('does not take the token') });
    expect(await real(file)).toMatchObject({ code: 1, text: expect.stringContaining('698 cancelled') });
    expect(taken.map(({ length }) => length)).toEqual([500, 200]);
    expect(taken.flat()).toEqual(ids);
    expect((await readFile(`${file}.rejects.csv`, 'utf8')).match(/^\d+/gm)).toEqual(['5', '602']);
    expect(await real(file)).toMatchObject({ code: 1, text: expect.stringContaining('698 cancelled') });
    expect(taken).toHaveLength(2);
  });

  it('writes a reject once that was written before a crash and whose line comes again', async () => {
    const file = await fileOf('list.csv', tableOf('u1', 'a'));
    await real(file);
    const state = JSON.parse(await readFile(`${file}.import.json`, 'utf8'));
    const before = { ...state, rejectsBytes: 'line,code,reason\r\n'.length };
    before.progress = { offset: 0, line: 0, accepted: 0, duplicates: 0, superseded: 0, rejected: 0 };
    await writeFile(`${file}.import.json`, JSON.stringify(before));
    await real(file);
    expect((await readFile(`${file}.rejects.csv`, 'utf8')).match(/^\d+/gm)).toEqual(['2']);
  });

  it('refuses a file that has changed since', async () => {
    const file = await fileOf('list.csv', tableOf('a'));
    await real(file);
    await writeFile(file, tableOf('a', 'b'));
    expect(await real(file)).toMatchObject({ code: 2, complaints: expect.stringContaining('is not what it was') });
    expect(taken).toHaveLength(1);
  });

  it('changes nothing in a dry run, and says what is wrong', async () => {
    const file = await fileOf('list.csv', `${tableOf('a')}jane@example.org,${AT}\n`);
    const { code, text } = await heed(file, '--dry-run');
    expect([code, taken]).toEqual([1, []]);
    expect(text).toMatch(/^line 3 {2}line\.invalid-format {2}contactId: .*\n1 can be sent, 1 rejected\n$/);
    expect(text).not.toContain('jane');
    await expect(readFile(`${file}.import.json`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['no file', [], 'Name one file'],
    ['another kind of file', ['list.txt'], 'Name one file'],
    ['no service', ['list.csv'], '--api is the address'],
    ['a token in the command line', ['list.csv', '--api', 'https://x.example', '--token', 'abc'], 'standard input'],
    ['no rate', ['list.csv', '--rate', '0'], '--rate is a number'],
  ])('ends with 2 when called with %s', async (_, args, words) => {
    const file = await fileOf('list.csv', tableOf('a'));
    const given = args.map((arg) => (arg === 'list.csv' ? file : arg));
    expect(await heed(...given)).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining(words) });
  });

  it.each([
    ['is not there', undefined, 'cannot be read (ENOENT)'],
    ['has no header', `c1,${AT}\n`, 'The first line is not contactId'],
    ['is empty', '', 'is empty'],
    ['has an endless line', `contactId,cancelledAt\n${'x'.repeat(70_000)}`, 'line 2 is longer than'],
  ])('ends with 2 when the file %s', async (_, text, words) => {
    const file = text === undefined ? join(folder, 'none.csv') : await fileOf('list.csv', text);
    expect(await real(file)).toMatchObject({ code: 2, complaints: expect.stringContaining(words) });
  });
});
