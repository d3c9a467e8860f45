import { type Deletion, deletionIdOf } from '../../shared/domain/contact/deletion.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';

/** Subject key of a customer, of the form that the ring makes. */
export const SAMPLE_CUSTOMER = `k1.${'c'.repeat(43)}` as SubjectKey;

const deletedAt = new Date('2026-11-24T10:00:00Z');

/** Marketing data that TTL deleted a day late; two systems must follow. */
export function sampleDeletion(changed: Partial<Deletion> = {}): Deletion {
  return {
    deletionId: deletionIdOf('event-1'),
    subjectKey: SAMPLE_CUSTOMER,
    class: 'marketing',
    method: 'delete',
    due: new Date('2026-11-23T10:00:00Z'),
    endedAt: new Date('2026-11-23T10:00:00Z'),
    deletedAt,
    by: 'ttl',
    policyVersion: '2026-11-26.0123456789ab',
    systems: ['crm', 'mail-platform'],
    acknowledged: {},
    expiresAt: secondsAfter(deletedAt, 760, 'days'),
    ...changed,
  };
}
