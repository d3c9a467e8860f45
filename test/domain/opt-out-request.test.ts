import { describe, expect, it } from 'vitest';
import { POLICY_VERSION } from '../../shared/domain/policy.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';

describe('the record of an opt-out', () => {
  it('is effective from the start, with the fields that the law wants (X1–X7, CC-25)', () => {
    const request = sampleOptOut({ requestId: 'req_1', site: 'shop', locale: 'de' });
    expect(request).toMatchObject({
      requestId: 'req_1',
      status: { type: 'opt-out', state: 'effective' },
      scopes: ['any:marketing', 'any:sale-share'],
      manner: 'form',
      receivedAt: new Date('2026-11-23T07:15:30.250Z'),
      policyVersion: POLICY_VERSION,
      locale: 'de',
      site: 'shop',
      isSuspect: false,
    });
  });

  it('ends after the days it was given, never earlier (CC-25)', () => {
    const { expiresAt } = sampleOptOut({ requestDays: 760, receivedAt: new Date('2026-11-23T07:15:30.250Z') });
    expect(new Date(expiresAt * 1000).toISOString()).toBe('2028-12-22T07:15:31.000Z');
  });

  it('keeps the address only where a receipt will be sent', () => {
    expect(sampleOptOut({ address: 'Jane@Example.org' })).toMatchObject({
      mailTo: 'jane@example.org',
      receipt: 'pending',
    });
  });

  it.each(['+49 30 123456', 'jäne@example.org', 'jane@[192.0.2.1]'])(
    'holds for %s, which takes no mail, and keeps no address (NO-03)',
    (address) => {
      const request = sampleOptOut({ address });
      expect(request.status.state).toBe('effective');
      expect(request.receipt).toBe('none');
      expect(request).not.toHaveProperty('mailTo');
    },
  );

  it('shows a masked address only', () => {
    expect(sampleOptOut({ address: 'jane@example.org' }).maskedAddress).toBe('j•••@e•••.org');
  });

  it('notes a suspicion and nothing else of it', () => {
    const { isSuspect, ...rest } = sampleOptOut({ isSuspect: true });
    expect(isSuspect).toBe(true);
    const { isSuspect: _, ...unsuspected } = sampleOptOut();
    expect(rest).toEqual(unsuspected);
  });

  it('has no member of the raw address: nothing that is stored names it twice', () => {
    expect(Object.keys(sampleOptOut())).not.toContain('identifier');
    expect(Object.keys(sampleOptOut())).not.toContain('requestDays');
  });
});
