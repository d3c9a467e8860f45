import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../shared/domain/source.ts';
import { ROTATED_SECRET, testKeyRing } from '../support/test-key-ring.ts';

describe('the network of a client', () => {
  it.each([
    ['203.0.113.7', '203.0.113.250'],
    ['2001:db8:1:ffff::1', '2001:0DB8:0001::'],
    ['::ffff:203.0.113.7', '203.0.113.8'],
    ['::ffff:cb00:7107', '203.0.113.8'],
  ])('is the same for %s and %s', (a, b) => expect(networkOf(a)).toBe(networkOf(b)));

  it.each([
    ['203.0.113.7', '203.0.114.7'],
    ['2001:db8:1::1', '2001:db8:2::1'],
    // Equal octets of the two kinds are no equal networks.
    ['32.1.13.184', '2001:db8::'],
  ])('differs for %s and %s', (a, b) => expect(networkOf(a)).not.toBe(networkOf(b)));

  it.each(['', 'localhost', '203.0.113.7, 10.0.0.1', 'jane@example.org', '::g'])('is unknown for %o', (text) => {
    expect(networkOf(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => networkOf(text) === undefined || /^ipv[46]:/.test(networkOf(text) ?? '')),
    );
    fc.assert(fc.property(fc.ipV4(), (address) => networkOf(address)?.startsWith('ipv4:') === true));
    fc.assert(fc.property(fc.ipV6(), (address) => networkOf(address) !== undefined));
  });
});

describe('the key of a source', () => {
  const { sources, subjectKeys } = testKeyRing();

  it('tells networks apart and holds nothing readable', () => {
    const key = sources.of('203.0.113.7');
    expect(key).toMatch(/^k1\.[\w-]{43}$/);
    expect(sources.of('203.0.113.8')).toBe(key);
    expect(sources.of('203.0.114.7')).not.toBe(key);
    expect(sources.of(undefined)).toBeUndefined();
  });

  it('hangs on the ring, and is no key of a person or of staff', () => {
    expect(testKeyRing(ROTATED_SECRET).sources.of('203.0.113.7')).toMatch(/^k2\./);
    expect(sources.ofActor('jane@example.org')).not.toBe(
      subjectKeys.current({ kind: 'email', canonical: 'jane@example.org' }),
    );
  });
});
