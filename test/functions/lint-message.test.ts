import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as cli from '../../functions/lint-message/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { testSettings } from '../support/settings.ts';

const COMMANDS = { 'lint-message': { summary: 'checks', load: () => Promise.resolve(cli) } };
const FOLDER = join(import.meta.dirname, '../fixtures/marketing-mail');
const ADDRESS = testSettings.controller.postalAddress.flatMap((line) => ['--postal-address', line]);

async function lint(file: string, ...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['lint-message', join(FOLDER, file), ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('heed lint-message', () => {
  it('ends with 0 on a mail that lacks nothing', async () => {
    const { code, text, complaints } = await lint('good.eml', '--public-url', 'https://heed.example.org', ...ADDRESS);
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(text).toBe('FINE  The mail has all that a marketing mail must have.\n');
    expect(JSON.parse((await lint('good.eml', '--json')).text)).toEqual({ verdict: 'fine', findings: [] });
  });

  it('ends with 1 and names each finding with its rule (PE-01)', async () => {
    const { code, text } = await lint('bare.eml');
    expect(code).toBe(1);
    expect(text).toContain(
      'ERROR    list-unsubscribe-missing: The header List-Unsubscribe is missing (RFC 8058 §3.1)\n',
    );
    expect(text).toContain('WARNING  postal-address-unseen: ');
    expect(text).toMatch(/\n\n5 to mend, 1 to look at\.\n$/);
    const json = JSON.parse((await lint('bare.eml', '--json')).text);
    expect(json.verdict).toBe('findings');
    expect(json.findings[0]).toEqual({
      code: 'list-unsubscribe-missing',
      severity: 'error',
      what: 'The header List-Unsubscribe is missing',
      rule: 'RFC 8058 §3.1',
    });
  });

  it('takes what is configured', async () => {
    expect((await lint('good.eml', '--public-url', 'https://links.example.com')).text).toContain('link-redirected');
    expect((await lint('good.eml', '--postal-address', '2 Low Street')).text).toContain('postal-address-missing');
    expect((await lint('bare.eml', '--unsigned')).text).not.toContain('dkim-missing');
  });

  it.each([
    ['no such file', ['nothing.eml'], 'cannot be read (ENOENT)'],
    ['what is no mail', ['../ledger/go-tlog.json'], 'is no mail'],
    ['two files', ['good.eml', 'bare.eml'], 'Name one file'],
    ['a wrong URL', ['good.eml', '--public-url', 'heed'], '--public-url is no URL'],
    ['an unknown option', ['good.eml', '--strict'], 'Unknown option --strict'],
    ['an address', ['good.eml', 'jane@example.org'], 'An address does not belong in the command line'],
  ])('ends with 2 on %s', async (_, [file = '', ...args], complaint) => {
    const { code, text, complaints } = await lint(file, ...args);
    expect({ code, text }).toEqual({ code: 2, text: '' });
    expect(complaints).toContain(complaint);
    expect(complaints).not.toContain('jane@');
  });

  it('says in JSON, too, that there is no verdict', async () => {
    expect(JSON.parse((await lint('nothing.eml', '--json')).text)).toMatchObject({ verdict: 'unchecked' });
  });
});
