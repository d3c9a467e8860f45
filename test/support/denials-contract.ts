import { describe, expect, it } from 'vitest';
import { dynamoCases } from '../../shared/adapters/dynamo/cases.ts';
import { dynamoDenials } from '../../shared/adapters/dynamo/denials.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoPermissionNotes } from '../../shared/adapters/dynamo/permission-notes.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId } from '../../shared/adapters/ids.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import type { OptOutFacts } from '../../shared/domain/opt-out-request.ts';
import type { Denial, Intake, Request } from '../../shared/domain/request.ts';
import { sampleOptOut } from './sample-opt-out.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const FAR = new Date('2050-01-01');
const LATER = epochSeconds(1_900_000_000);
const DENIAL: Denial = { basis: 'no_permission', at: NOW, actor: 'clerk', evidence: 'No paper', explanation: 'Denied' };
const AGENT: Intake = { agent: { name: 'Adam', permission: 'not-kept', powerOfAttorney: false } };

/** What the ports of opt-outs that staff look at promise over a table. */
export function describeDenials(table: Table): void {
  const [optOuts, requests, denials] = [dynamoOptOuts(table), dynamoRequests(table), dynamoDenials(table)];
  const [cases, notes, suppressions] = [dynamoCases(table), dynamoPermissionNotes(table), dynamoSuppressions(table)];

  async function enter(facts: Partial<OptOutFacts> = {}): Promise<Request> {
    const request = sampleOptOut({ manner: 'agent', intake: AGENT, ...facts, requestId: newRequestId() });
    await optOuts.record(request);
    return request;
  }

  async function isListed({ requestId }: Request, now = NOW): Promise<boolean> {
    for await (const request of cases.listDoubtful(now)) if (request.requestId === requestId) return true;
    return false;
  }

  describe('the list of opt-outs to look at', () => {
    it.each([
      ['an agent asked for', {}, true],
      ['an agent asked for without a name', { intake: { actor: 'clerk' } }, true],
      ['nobody is sure of', { manner: 'sms', needsReview: true }, true],
      ['is sure', { manner: 'form' }, false],
      ['staff took down', { manner: 'phone', intake: { actor: 'clerk' } }, false],
    ] as const)('has what %s: %o %s', async (_, facts, expected) => {
      expect(await isListed(await enter(facts))).toBe(expected);
    });

    it('has nothing that is over, and nothing that was denied', async () => {
      const request = await enter();
      expect(await isListed(request, FAR)).toBe(false);
      await denials.deny(request, DENIAL, LATER);
      expect(await isListed(request)).toBe(false);
    });
  });

  describe('a denial', () => {
    it('is read as it was noted, with the end that it gives, and lifts nothing (CC-09)', async () => {
      const request = await enter();
      const before = await suppressions.read([request.subjectKey]);
      expect(await denials.deny(request, DENIAL, LATER)).toEqual(DENIAL);
      expect(await requests.read(request, NOW)).toEqual({ ...request, denial: DENIAL, expiresAt: LATER });
      expect(await suppressions.read([request.subjectKey])).toEqual(before);
    });

    it('stands once it is noted, whatever is said later', async () => {
      const request = await enter();
      await denials.deny(request, DENIAL, LATER);
      const other = { ...DENIAL, basis: 'fraud_suspected', at: new Date('2026-11-25') } as const;
      expect(await denials.deny(request, other, LATER)).toEqual(DENIAL);
      expect((await requests.read(request, NOW))?.denial).toEqual(DENIAL);
    });

    it('is noted neither of what is not there nor of what is over', async () => {
      const request = await enter();
      expect(await denials.deny({ ...request, requestId: 'req_other' }, DENIAL, LATER)).toBeUndefined();
      expect(await denials.deny(request, { ...DENIAL, at: FAR }, LATER)).toBeUndefined();
      expect(await requests.read(request, NOW)).toEqual(request);
    });
  });

  describe('the note of a permission', () => {
    const kept: Intake = { agent: { name: 'Adam', permission: 'kept', powerOfAttorney: false } };

    it('says what came of it, and nothing else changes', async () => {
      const request = await enter();
      await notes.note({ ...request, intake: kept });
      await notes.note({ ...request, intake: kept });
      expect(await requests.read(request, NOW)).toEqual({ ...request, intake: kept });
    });

    it('brings back nothing that is gone', async () => {
      const gone = { ...sampleOptOut(), requestId: newRequestId(), intake: kept };
      await notes.note(gone);
      expect(await requests.read(gone, NOW)).toBeUndefined();
    });
  });
}
