import { describe, expect, it } from 'vitest';
import { addressedTokens, quotedTokens, withoutTokens } from '../../../shared/domain/inbound/sealed-tokens.ts';
import type { ScopeName } from '../../../shared/domain/scope.ts';
import { mintLink } from '../../../shared/sender/mint-link.ts';
import { plainMail, readMail } from '../../support/mail-files.ts';
import { identify } from '../../support/sample-opt-out.ts';
import { testKeyRing } from '../../support/test-key-ring.ts';

const token = await testKeyRing().links.seal({
  use: 'unsubscribe',
  identifier: identify('jane@example.org'),
  scope: 'email:marketing' as ScopeName,
});
const half = Math.floor(token.length / 2);

describe('addressedTokens', () => {
  it.each([
    ['subject', { Subject: `unsubscribe ${token}` }, ''],
    ['folded subject', { Subject: `unsubscribe\r\n ${token.slice(0, half)}\r\n ${token.slice(half)}` }, ''],
    ['encoded subject', { Subject: `=?utf-8?Q?unsubscribe_${token.replaceAll('_', '=5F')}?=` }, ''],
    ['tag of the address', { To: `<optout+${token}@shop.example.org>` }, ''],
    ['first line of the text', {}, `unsubscribe ${token}.`],
    ['text that a program folded', {}, `${token.slice(0, half)}\r\n${token.slice(half)}\r\n\r\nThanks`],
  ])('are found in the %s', async (_, fields, body) => {
    expect(addressedTokens(await readMail(plainMail(fields, body)))).toContain(token);
  });

  it('are found when a sender minted them offline (ECDH-ES), too', async () => {
    const { generateKeyPair, exportJWK } = await import('jose');
    const jwk = await exportJWK((await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })).publicKey);
    const key = { ...jwk, kid: 'k1', alg: 'ECDH-ES', use: 'enc' } as never;
    const url = await mintLink({ publicUrl: 'https://heed.example.org', email: 'jane@example.org', jwk: key });
    const minted = url.split('/u/')[1];
    expect(addressedTokens(await readMail(plainMail({ Subject: `unsubscribe ${minted}` })))).toEqual([minted]);
  });

  it('are not those of a mail that is quoted; that one is found there', async () => {
    const mail = await readMail(plainMail({}, `stop\r\n\r\n> https://heed.example.org/u/${token}\r\n`));
    expect(addressedTokens(mail)).toEqual([]);
    expect(quotedTokens(mail)).toContain(token);
  });

  it('are found in the List-Unsubscribe of a mail that is enclosed', async () => {
    const enclosed = `--b\r\nContent-Type: message/rfc822\r\n\r\nList-Unsubscribe: <https://heed.example.org/u/${token}>\r\n\r\nx\r\n--b--`;
    const mail = await readMail(plainMail({ 'Content-Type': 'multipart/mixed; boundary=b' }, enclosed));
    expect(quotedTokens(mail)).toContain(token);
  });

  it('are few, however many there are', async () => {
    const mail = await readMail(plainMail({}, `${token}\r\n`.repeat(3) + 'eyJ'.repeat(50_000)));
    expect(addressedTokens(mail).length).toBeLessThanOrEqual(10);
  });
});

describe('withoutTokens', () => {
  it('leaves the words', () => expect(withoutTokens(`unsubscribe ${token}`)).toBe('unsubscribe'));
});
