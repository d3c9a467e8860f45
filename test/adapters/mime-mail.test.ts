import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMime } from '../../shared/adapters/mime-mail.ts';
import { classifyMail } from '../../shared/domain/inbound/classify-mail.ts';
import { complainants, isRedacted } from '../../shared/domain/inbound/complaint-report.ts';
import { failedRecipients } from '../../shared/domain/inbound/delivery-report.ts';
import { addressedTokens, quotedTokens } from '../../shared/domain/inbound/sealed-tokens.ts';
import { mailFile, mailFiles, plainMail, readMail } from '../support/mail-files.ts';

/** Everything that is asked of a mail. */
async function readAll(raw: Uint8Array, isWhole = true) {
  const mail = await readMime({ bytes: raw, isWhole });
  classifyMail(mail);
  for (const ask of [complainants, failedRecipients, isRedacted, addressedTokens, quotedTokens]) ask(mail);
  return mail;
}

const html = (body: string) => readMail(plainMail({ 'Content-Type': 'text/html; charset=utf-8' }, body));

describe('readMime', () => {
  it('reads who wrote what', async () => {
    const mail = await readMail(plainMail({ Subject: '=?iso-8859-1?Q?Abmeldung_f=FCr_mich?=' }, 'Bitte'));
    expect(mail).toMatchObject({
      from: 'jane@example.org',
      subject: 'Abmeldung für mich',
      body: 'Bitte',
      isWhole: true,
    });
  });

  it('turns HTML into text where there is nothing else, without what it quotes', async () => {
    const mail = await html('<p>Please <b>stop</b></p><blockquote>delete everything</blockquote><style>p{}</style>');
    expect(mail.body).toBe('Please stop');
  });

  it('knows the links of quoted HTML', async () => {
    const mail = await html('<blockquote><a href="https://heed.example.org/u/abc">x</a></blockquote>');
    expect([mail.body, mail.fullText]).toEqual(['', expect.stringContaining('https://heed.example.org/u/abc')]);
  });

  it.each(['klingon', 'utf-7', '"', ''])('survives the charset %j', async (charset) => {
    const mail = await readMail(plainMail({ 'Content-Type': `text/plain; charset=${charset}` }, 'stop \xff\xfe'));
    expect(mail).toMatchObject({ from: 'jane@example.org', isWhole: true });
    expect(mail.body).toContain('stop');
  });

  it.each([
    ['a million lines', '>\n'.repeat(1_000_000)],
    ['thousands of parts', `${'--b\r\n\r\nx\r\n'.repeat(20_000)}--b--`],
    [
      'multiparts in multiparts',
      Array.from(
        { length: 300 },
        (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
      ).join(''),
    ],
    ['a header of megabytes in a part', `--b0\r\nX: ${'x'.repeat(600_000)}\r\n\r\n`],
  ])('reads only the header of a mail of %s', async (_, body) => {
    const mail = await readMail(
      plainMail(
        { 'Content-Type': 'multipart/mixed; boundary=b0', Subject: 'stop' },
        body.replaceAll('--b\r', '--b0\r'),
      ),
    );
    expect(mail).toMatchObject({ from: 'jane@example.org', subject: 'stop', body: '', isWhole: false });
  });

  it('survives messages in messages, of which only the outermost is a part', async () => {
    const nested = 'Content-Type: message/rfc822\r\n\r\n'.repeat(400);
    const mail = await readMail(plainMail({ 'Content-Type': 'message/rfc822' }, nested));
    expect(mail.parts).toHaveLength(1);
  });

  it.each([
    ['HTML', 'text/html', '<div><table><tr><td>'.repeat(60_000)],
    ['text', 'text/plain', 'On a a a a '.repeat(300_000)],
    ['one line', 'text/plain', `${'eyJ'.repeat(1_000_000)}`],
    ['quotation marks', 'text/plain', '>'.repeat(3_000_000)],
  ])('bounds what it makes of megabytes of %s', async (_, type, body) => {
    const mail = await readAll(Buffer.from(plainMail({ 'Content-Type': type }, body)));
    expect(mail.body.length).toBeLessThanOrEqual(100_000);
    expect(mail.from).toBe('jane@example.org');
  });

  it('reads the header of a mail of which only the beginning is there', async () => {
    const mail = await readMime({ bytes: Buffer.from(plainMail({ Subject: 'stop' }, 'half of i')), isWhole: false });
    expect(mail).toMatchObject({ from: 'jane@example.org', subject: 'stop', body: '', isWhole: false });
  });

  it('takes any bytes (EM-13)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.boolean(), async (bytes, isWhole) => {
        expect(await readAll(bytes, isWhole)).toHaveProperty('parts');
      }),
    );
  });

  it('takes real mails with any bytes changed, lost or doubled', async () => {
    const real = [...mailFiles(), ...mailFiles('clients/').map((name) => `clients/${name}`)].map((name) =>
      Buffer.from(mailFile(name)),
    );
    const change = fc.record({ at: fc.nat(8000), bytes: fc.uint8Array({ maxLength: 40 }), drops: fc.nat(200) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...real),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        async (mail, changes) => {
          const mutant = changes.reduce(
            (raw, { at, bytes, drops }) => Buffer.concat([raw.subarray(0, at), bytes, raw.subarray(at + drops)]),
            mail,
          );
          expect(await readAll(mutant)).toHaveProperty('header');
        },
      ),
      { numRuns: 500 },
    );
  });
});
