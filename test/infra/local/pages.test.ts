import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toLines } from '../../../infra/local/audit-trail.ts';
import { auditText, mailboxPage } from '../../../infra/local/pages.ts';

const mail = {
  id: '1',
  from: 'Shop <privacy@example.com>',
  to: ['a@example.org'],
  subject: '<b>Hello</b>',
  text: 'See https://example.org/r/x?a=1&b=2 <script>',
  html: '<p title="x">Hi</p><script>alert(1)</script>',
  sentAt: new Date('2026-11-23T08:00:00Z'),
};

test('a mail cannot bring markup or scripts into the mailbox page', () => {
  const page = mailboxPage([mail]);
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<b>Hello');
  expect(page).toContain('&lt;b&gt;Hello&lt;/b&gt;');
  expect(page).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
});

test('links in the text of a mail can be clicked', () => {
  expect(mailboxPage([mail])).toContain('<a href="https://example.org/r/x?a=1&amp;b=2"');
});

test('an empty mailbox says so', () => {
  expect(mailboxPage([])).toContain('No mail yet');
});

test('the audit trail is shown line by line as it was written', () => {
  const lines = toLines(gzipSync('{"a":1}\n{"b":2}\n'));
  expect(auditText([{ key: 'ledger/1', lines }])).toBe('# ledger/1\n{"a":1}\n{"b":2}\n');
});
