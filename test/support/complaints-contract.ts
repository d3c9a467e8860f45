import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoCases } from '../../shared/adapters/dynamo/cases.ts';
import { dynamoComplaints } from '../../shared/adapters/dynamo/complaints.ts';
import { dynamoMailClaims } from '../../shared/adapters/dynamo/mail-claims.ts';
import { dynamoRequestBook, dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import { dynamoReviews } from '../../shared/adapters/dynamo/reviews.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId } from '../../shared/adapters/ids.ts';
import {
  COMPLAINT_EVENTS,
  COMPLAINT_MOVES,
  type ComplaintEvent,
  type ComplaintState,
  complaintState,
} from '../../shared/domain/complaint.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import type { Request } from '../../shared/domain/request.ts';
import { sampleComplaint } from './sample-complaint.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const LATER = epochSeconds(1_900_000_000);

const step = (event: ComplaintEvent, told = 'We wrote to the person') => ({
  step: { at: NOW, event, actor: 'clerk', told },
  expiresAt: LATER,
});

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

/** What the ports of complaints promise over a table. */
export function describeComplaints(table: Table): void {
  const [book, requests, complaints] = [dynamoRequestBook(table), dynamoRequests(table), dynamoComplaints(table)];
  const [cases, claims, reviews] = [dynamoCases(table), dynamoMailClaims(table), dynamoReviews(table)];
  const read = async (request: Request) => (await requests.read(request, NOW)) as Request;
  const stateOf = ({ status, receipt }: Request) => complaintState(status.state as ComplaintState, receipt);

  async function enter(receipt: 'sent' | 'none' = 'none'): Promise<Request> {
    const request = sampleComplaint({ requestId: newRequestId() });
    await book.enter(request);
    await claims.settle(request, receipt);
    return await read(request);
  }

  /** Notes an event; what the table allows leads where it says, and what it does not allow changes nothing. */
  async function expectTable(request: Request, event: ComplaintEvent): Promise<void> {
    const before = await read(request);
    const { from, to } = COMPLAINT_MOVES[event];
    const isAllowed = from.includes(stateOf(before));
    expect(await complaints.advance(request, step(event))).toBe(isAllowed ? to : 'not-allowed');
    const after = await read(request);
    if (isAllowed) expect(stateOf(after)).toBe(to);
    else expect(after).toEqual(before);
  }

  describe('complaints', () => {
    it('are read as they were entered, and listed', async () => {
      const request = sampleComplaint({ requestId: newRequestId() });
      await book.enter(request);
      expect(await read(request)).toEqual(request);
      expect(await all(cases.listComplaints(NOW))).toContainEqual(request);
    });

    it('are not listed after their end', async () => {
      const { requestId } = await enter();
      const listed = await all(cases.listComplaints(new Date('2050-01-01')));
      expect(listed.map((one) => one.requestId)).not.toContain(requestId);
    });

    it('keep who did what, what was told, and the end that a step gives them', async () => {
      const request = await enter();
      await complaints.advance(request, step('acknowledge', 'By phone'));
      expect(await complaints.advance(request, step('inquire', 'We look into it'))).toBe('inquiring');
      const { complaint, expiresAt } = await read(request);
      expect(complaint?.steps).toEqual([step('acknowledge', 'By phone').step, step('inquire', 'We look into it').step]);
      expect(expiresAt).toBe(LATER);
    });

    it.each(['sent', 'none'] as const)(
      'stay in the table of states, whatever comes, when the mail is %s; what it does not allow writes nothing (UK-01)',
      async (receipt) => {
        const events = fc.array(fc.constantFrom(...COMPLAINT_EVENTS), { maxLength: 7 });
        await fc.assert(
          fc.asyncProperty(events, async (sequence) => {
            const request = await enter(receipt);
            for (const event of sequence) await expectTable(request, event);
          }),
          { numRuns: 25 },
        );
      },
    );

    it('are unknown when there is none, when it is over, and when it is no complaint', async () => {
      const request = await enter();
      expect(await complaints.advance({ ...request, requestId: 'req_other' }, step('acknowledge'))).toBe('unknown');
      const late = { ...step('acknowledge').step, at: new Date('2050-01-01') };
      expect(await complaints.advance(request, { step: late, expiresAt: LATER })).toBe('unknown');
      const link = {
        ...request,
        requestId: newRequestId(),
        status: { type: 'preferences-link', state: 'asked' },
      } as const;
      await book.enter(link);
      expect(await complaints.advance(link, step('acknowledge'))).toBe('unknown');
    });
  });

  describe('the list of reviews', () => {
    it('holds what waits, and nothing that is over', async () => {
      const review = {
        reviewId: 'rev_listed',
        kind: 'rights-request',
        intents: ['complaint'],
        objectKey: 'inbound-mail/listed',
        receivedAt: NOW,
        expiresAt: LATER,
      } as const;
      await reviews.open(review);
      expect(await all(cases.listReviews(NOW))).toContainEqual(review);
      expect(await all(cases.listReviews(new Date('2050-01-01')))).not.toContainEqual(review);
    });
  });
}
