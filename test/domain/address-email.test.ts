import { describe, expect, it } from 'vitest';
import { canonicalEmail, isMailable } from '../../shared/domain/email.ts';
import cases from '../fixtures/email-addresses/isemail-js.json' with { type: 'json' };

const fixture = cases as [address: string, diagnosis: string][];
const ofKind = (pattern: RegExp) => fixture.filter(([, diagnosis]) => pattern.test(diagnosis));

function canonical(address: string): string {
  const result = canonicalEmail(address);
  return result.ok ? result.identifier.canonical : result.problem.code;
}

describe('canonicalEmail on the shared address cases', () => {
  it.each(ofKind(/^(valid|rfc5321)/))('accepts %j (%s), and its canonical form as itself', (address) => {
    const result = canonicalEmail(address);
    expect(result).toMatchObject({ ok: true, identifier: { kind: 'email' } });
    expect(canonical(canonical(address))).toBe(canonical(address));
  });

  it.each(ofKind(/^err/))('refuses %j (%s)', (address) => {
    expect(canonicalEmail(address).ok).toBe(false);
  });

  // One of them mixes Hebrew, Arabic and Latin in a label, too, which UTS 46 refuses before anything is measured.
  it.each(ofKind(/TooLong$/))('refuses %j (%s) and says why', (address) => {
    expect(canonical(address)).toBe(/ل.*ל/u.test(address) ? 'email.domain' : 'email.too-long');
  });

  it('accepts of the other kinds only outer blanks and an IPv6 address that shortens a single group', () => {
    const others = ofKind(/^(?!valid|rfc5321|err|.*TooLong)/).filter(([address]) => canonicalEmail(address).ok);
    expect(others).toEqual([
      ['test@[IPv6:1111:2222:3333:4444:5555:6666::8888]', 'deprecatedIPv6'],
      [' test@iana.org', 'cfwsFWS'],
      ['test@iana.org ', 'cfwsFWS'],
    ]);
  });
});

describe('canonicalEmail', () => {
  it.each([
    ['case', 'Jane.Doe@Example.ORG', 'jane.doe@example.org'],
    ['blanks around it', '\t jane@example.org \u00a0', 'jane@example.org'],
    ['a decomposed letter', 'jose\u0301@example.org', 'jos\u00e9@example.org'],
    ['Greek sigma at the end of a word', 'ΟΔΟΣ@example.org', 'οδοσ@example.org'],
    ['the other small sigma', 'οδος@example.org', 'οδοσ@example.org'],
    ['a U-label', 'jane@BÜCHER.example', 'jane@xn--bcher-kva.example'],
    ['an A-label in capitals', 'jane@XN--BCHER-KVA.example', 'jane@xn--bcher-kva.example'],
    ['full-width letters in the domain', 'jane@ｅｘａｍｐｌｅ。org', 'jane@example.org'],
    ['needless quotes', '"jane.doe"@example.org', 'jane.doe@example.org'],
    ['needless backslashes', '"\\j\\a\\n\\e"@example.org', 'jane@example.org'],
    ['quotes that are needed', '"jane\\ \\"J\\" doe"@example.org', '"jane \\"j\\" doe"@example.org'],
    ['an @ in quotes', '"a@b"@example.org', '"a@b"@example.org'],
    ['an IPv6 literal', 'jane@[IPV6:2001:DB8:0:0::0001]', 'jane@[ipv6:2001:db8::1]'],
    ['an IPv4 tail in an IPv6 literal', 'jane@[IPv6:::ffff:192.0.2.1]', 'jane@[ipv6:::ffff:c000:201]'],
    ['an IPv4 literal', 'jane@[192.000.002.01]', 'jane@[192.0.2.1]'],
    ['a character that Unicode has not assigned', 'jane@\u{103ff}.org', 'jane@xn--bi8c.org'],
  ])('writes %s in one way', (_, typed, expected) => {
    expect(canonical(typed)).toBe(expected);
  });

  it.each([
    ['+tags', 'jane+shop@example.org', 'jane@example.org'],
    ['dots', 'jane.doe@gmail.com', 'janedoe@gmail.com'],
    ['dotless i, whose upper case is I', 'm\u0131ke@example.org', 'mike@example.org'],
    ['long s, whose upper case is S', '\u017fue@example.org', 'sue@example.org'],
    ['sharp s', 'straße@example.org', 'strasse@example.org'],
    ['a domain with sharp s', 'jane@faß.example', 'jane@fass.example'],
    ['compatibility letters before the @', 'ｊane@example.org', 'jane@example.org'],
    ['numeric names that a URL takes for an IPv4 address', 'jane@0x7f', 'jane@127.0.0.1'],
    ['short forms of an IPv4 address', 'jane@127.1', 'jane@127.0.0.1'],
    ['a literal and a name', 'jane@[127.0.0.1]', 'jane@127.0.0.1'],
  ])('keeps %s apart', (_, one, other) => {
    expect([canonicalEmail(one).ok, canonicalEmail(other).ok]).toEqual([true, true]);
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it.each([
    ['a header injection', 'jane@example.org\r\nBcc: all@example.org', 'email.invisible-character'],
    ['a trailing line feed', 'jane@example.org\n', 'email.invisible-character'],
    ['a line separator', 'jane@example.org\u2028', 'email.invisible-character'],
    ['NUL in quotes', '"a\0b"@example.org', 'email.invisible-character'],
    ['a C1 control', 'a\u0085b@example.org', 'email.invisible-character'],
    ['a bidi override', 'a\u202eb@example.org', 'email.invisible-character'],
    ['a zero-width space', 'a\u200bb@example.org', 'email.invisible-character'],
    ['a soft hyphen in the domain', 'a@exam\u00adple.org', 'email.invisible-character'],
    ['half a surrogate pair', 'a\ud800@example.org', 'email.invisible-character'],
    ['two addresses', 'a@example.org, b@example.org', 'email.syntax'],
    ['a display name', 'Jane <jane@example.org>', 'email.syntax'],
    ['percent-encoding in the domain', 'a@ex%61mple.org', 'email.domain'],
    ['full-width percent-encoding in the domain', 'a@ex％61mple.org', 'email.domain'],
    ['a path after the domain', 'a@example.org/b', 'email.domain'],
    ['a port', 'a@example.org:25', 'email.domain'],
    ['an underscore in the domain', 'a@ex_ample.org', 'email.domain'],
    ['an IPv6 zone', 'a@[IPv6:fe80::1%25eth0]', 'email.domain'],
    ['another literal', 'a@[x400:c=us]', 'email.domain'],
    ['an IPv4 byte over 255', 'a@[192.0.2.256]', 'email.domain'],
    ['10,000 characters', `${'a'.repeat(10_000)}@example.org`, 'email.too-long'],
  ])('refuses %s', (_, typed, code) => {
    expect(canonical(typed)).toBe(code);
  });

  it('keeps the address out of what it says about it', () => {
    const result = canonicalEmail('canary<x>@example.net');
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/canary|example\.net/);
  });
});

describe('isMailable', () => {
  it.each([
    ['jane@example.org', true],
    ['jane@bücher.example', true],
    ['"jane doe"@example.org', true],
    ['josé@example.org', false],
    ['jane@localhost', false],
    ['jane@[192.0.2.1]', false],
    ['jane@[IPv6:::1]', false],
    ['jane@192.0.2.1', false],
  ])('of %s is %s', (typed, expected) => {
    expect(isMailable({ kind: 'email', canonical: canonical(typed) })).toBe(expected);
  });

  it('is false for a phone number', () => {
    expect(isMailable({ kind: 'phone', canonical: '+12025550123' })).toBe(false);
  });
});
