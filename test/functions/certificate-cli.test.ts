import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as certificate from '../../functions/certificate/cli.ts';
import * as verifyCertificate from '../../functions/verify-certificate/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { deletionLine } from '../support/deletion-ledger.ts';
import { logKey, objectPath, sampleLedger, sampleLine, writeLedgerFolder } from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { SAMPLE_CUSTOMER, sampleDeletion } from '../support/sample-deletion.ts';

const COMMANDS = {
  certificate: { summary: 'certifies', load: () => Promise.resolve(certificate) },
  'verify-certificate': { summary: 'verifies', load: () => Promise.resolve(verifyCertificate) },
};
let folder = '';

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A ledger in which one deletion stands behind records of others, as a copy of the bucket. */
async function copyLedger() {
  const line = (index: number) => (index === 2 ? deletionLine(sampleDeletion()) : sampleLine(index + 10));
  const { files } = await sampleLedger({ sizes: [3], sealed: [0], line });
  folder = await writeLedgerFolder(files);
}

async function heed(command: keyof typeof COMMANDS, args: readonly string[], input = `${SAMPLE_CUSTOMER}\n`) {
  const terminal = memoryTerminal(input, '2026-11-25T10:00:00Z');
  const code = await runCommand(COMMANDS, [command, ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('heed certificate', () => {
  it('certifies from the ledger alone what was deleted, as verify-certificate finds proven', async () => {
    await copyLedger();
    const { code, text } = await heed('certificate', [folder, '--subject', '-']);
    expect(code).toBe(0);
    const made = JSON.parse(text);
    expect(made).toMatchObject({ issuedAt: '2026-11-25T10:00:00.000Z', state: 'complete', kept: [] });
    expect(made.deletions).toHaveLength(1);
    const [file, key] = [join(folder, 'certificate.json'), join(folder, 'trusted.vkey')];
    await writeFile(file, text);
    await writeFile(key, `${logKey.vkey}\n`);
    expect((await heed('verify-certificate', [file, '--public-key', key])).code).toBe(0);
    await writeFile(file, text.replace('"class": "marketing"', '"class": "billing"'));
    expect((await heed('verify-certificate', [file, '--public-key', key])).code).toBe(1);
  });

  it('ends with 1 when the ledger has a defect, and still certifies', async () => {
    await copyLedger();
    await writeFile(join(folder, objectPath(1)), 'not an object');
    const { code, text, complaints } = await heed('certificate', [folder, '--subject', '-']);
    expect([code, JSON.parse(text).deletions.length]).toEqual([1, 1]);
    expect(complaints).toContain('The ledger is not sound: 1 defects; see verify-ledger.');
  });

  it('ends with 2 when nothing was deleted of this customer', async () => {
    await copyLedger();
    const stranger = `${SAMPLE_CUSTOMER.slice(0, -1)}x\n`;
    const { code, text, complaints } = await heed('certificate', [folder, '--subject', '-'], stranger);
    expect([code, text]).toEqual([2, '']);
    expect(complaints).toContain('the ledger tells of no deletion of this customer');
  });

  it.each([
    ['an address', 'jane@example.org\n'],
    ['nothing', ''],
  ])('ends with 2 when standard input holds %s, and does not repeat it', async (_, input) => {
    await copyLedger();
    const { code, complaints } = await heed('certificate', [folder, '--subject', '-'], input);
    expect(code).toBe(2);
    expect(complaints).not.toContain('jane');
  });

  it.each([[[]], [['a', 'b', '--subject', '-']], [['a']], [['a', '--subject', SAMPLE_CUSTOMER]], [['a', '--force']]])(
    'ends with 2 when called as %j',
    async (args) => {
      expect(await heed('certificate', args)).toMatchObject({ code: 2, text: '' });
    },
  );

  it('ends with 2 when there is no such folder', async () => {
    expect((await heed('certificate', ['/nowhere/at/all', '--subject', '-'])).code).toBe(2);
  });
});
