import { describe, expect, it } from 'vitest';
import { readFormOptOut } from '../../functions/submit-opt-out/form-opt-out.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { testSettings } from '../support/settings.ts';

const read = (fields: Record<string, string> | [string, string][]) =>
  readFormOptOut(new URLSearchParams(fields), testSettings);

describe('readFormOptOut', () => {
  it.each(['address', 'email', 'phone'])('takes the address from the field %s', (name) => {
    const form = read({ [name]: ' +49 30 123456' });
    expect(form.address).toEqual({ ok: true, identifier: { kind: 'phone', canonical: '+4930123456' } });
    expect(form.typed).toBe(' +49 30 123456');
  });

  it('takes the first field that is filled', () => {
    expect(read({ address: ' ', email: 'jane@example.org', phone: '+49 30 123456' }).typed).toBe('jane@example.org');
  });

  it('needs an address and nothing else (CS-01)', () => {
    const form = read({ address: 'jane@example.org' });
    expect(form).toMatchObject({ site: undefined, locale: undefined, asked: { scopes: [], isSuspect: false } });
    expect(read({}).address).toMatchObject({ ok: false, problem: { code: 'address.missing' } });
  });

  it('ignores fields that it does not know: websites’ forms have many', () => {
    const form = read({ address: 'jane@example.org', name: 'Jane', csrf: 'x', submit: '', __proto__: 'x' });
    expect(form.address.ok).toBe(true);
  });

  it('reads scopes from repeated fields and from lists', () => {
    const form = read([
      ['address', 'jane@example.org'],
      ['scopes', 'sms:marketing, any:sale-share'],
      ['scopes', 'email:any'],
    ]);
    expect(form.asked.scopes).toEqual(['sms:marketing', 'any:sale-share', 'email:any']);
  });

  it.each([
    '',
    'default',
    ' , ',
    'everything',
    'email:marketing,everything',
    'Email:Marketing',
    'email:marketing:unknown-list',
  ])('makes an opt-out of everything of the scopes %j, rather than one of less than was asked', (scopes) => {
    expect(read({ address: 'jane@example.org', scopes }).asked.scopes).toEqual([]);
  });

  it('takes the lists that the stage knows: others could hold anything about anybody', () => {
    expect(read({ address: 'jane@example.org', scopes: 'email:marketing:weekly' }).asked.scopes).toEqual([
      'email:marketing:weekly',
    ]);
  });

  it('makes an opt-out of everything of more scopes than anybody means', () => {
    const scopes = Array.from({ length: 21 }, () => 'email:marketing').join(',');
    expect(read({ address: 'jane@example.org', scopes }).asked.scopes).toEqual([]);
  });

  it('knows configured sites only', () => {
    expect(read({ address: 'a@example.org', site: 'blog' }).site?.brand).toBe('Example Blog');
    expect(read({ address: 'a@example.org', site: 'https://evil.example' }).site).toBeUndefined();
  });

  it('suspects whoever fills the trap, and keeps the opt-out', () => {
    const form = read({ address: 'jane@example.org', [HONEYPOT_FIELD]: 'https://spam.example' });
    expect(form.asked.isSuspect).toBe(true);
    expect(form.address.ok).toBe(true);
    expect(read({ address: 'jane@example.org', [HONEYPOT_FIELD]: '' }).asked.isSuspect).toBe(false);
  });
});
