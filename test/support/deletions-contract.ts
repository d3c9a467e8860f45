import { beforeEach, describe, expect, it } from 'vitest';
import { deletionIdOf } from '../../shared/domain/contact/deletion.ts';
import type { Deletions } from '../../shared/domain/ports/deletions.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { sampleDeletion } from './sample-deletion.ts';

const NOW = new Date('2026-11-25T10:00:00Z');
let contacts = 0;

/** A deletion of a contact that nobody else in this run has. */
function newDeletion(changed: Parameters<typeof sampleDeletion>[0] = {}) {
  contacts += 1;
  const subjectKey = `k1.${String(contacts).padStart(43, 'c')}` as SubjectKey;
  return sampleDeletion({ subjectKey, ...changed });
}

/** What {@link Deletions} promise, for the memory's and the real ones alike. */
export function describeDeletions(open: () => Deletions): void {
  describe('deletions', () => {
    let deletions: Deletions;
    beforeEach(() => {
      deletions = open();
    });
    const listOf = ({ subjectKey }: { subjectKey: SubjectKey }, now = NOW) => deletions.list([subjectKey], now);

    it('are noted once, and stay as they were acknowledged', async () => {
      const deletion = newDeletion();
      await deletions.open(deletion);
      expect(await listOf(deletion)).toEqual([deletion]);
      expect(await deletions.acknowledge(deletion, 'crm', { at: NOW, evidence: 'ab' })).toBe('acknowledged');
      await deletions.open(deletion);
      expect(await listOf(deletion)).toEqual([{ ...deletion, acknowledged: { crm: { at: NOW, evidence: 'ab' } } }]);
    });

    it('keep the first acknowledgement of each system', async () => {
      const deletion = newDeletion();
      await deletions.open(deletion);
      await deletions.acknowledge(deletion, 'crm', { at: NOW });
      const later = new Date(NOW.getTime() + 1000);
      expect(await deletions.acknowledge(deletion, 'crm', { at: later })).toBe('already-acknowledged');
      expect(await deletions.acknowledge(deletion, 'mail-platform', { at: later })).toBe('acknowledged');
      const [{ acknowledged } = deletion] = await listOf(deletion);
      expect(acknowledged).toEqual({ crm: { at: NOW }, 'mail-platform': { at: later } });
    });

    it('know nothing of other ids and systems, nor of what has ended', async () => {
      const deletion = newDeletion({ expiresAt: (NOW.getTime() / 1000 + 60) as never });
      await deletions.open(deletion);
      const end = new Date(NOW.getTime() + 60_000);
      const other = { ...deletion, deletionId: deletionIdOf('another') };
      expect(await deletions.acknowledge(other, 'crm', { at: NOW })).toBe('unknown');
      expect(await deletions.acknowledge(deletion, 'erp', { at: NOW })).toBe('unknown');
      expect(await deletions.acknowledge(deletion, 'crm', { at: end })).toBe('unknown');
      expect(await listOf(deletion, end)).toEqual([]);
    });

    it('are listed by contact, oldest first', async () => {
      const late = newDeletion({ deletionId: deletionIdOf('late') });
      const early = { ...late, deletionId: deletionIdOf('early'), deletedAt: new Date('2026-11-23T10:00:00Z') };
      const { policyVersion: _, ...foreign } = newDeletion();
      for (const deletion of [late, early, foreign]) await deletions.open(deletion);
      expect(await listOf(late)).toEqual([early, late]);
      expect(await deletions.list([foreign.subjectKey, late.subjectKey], NOW)).toHaveLength(3);
    });
  });
}
