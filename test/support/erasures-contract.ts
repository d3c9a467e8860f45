import { describe, expect, it } from 'vitest';
import { dynamoErasures } from '../../shared/adapters/dynamo/erasures.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequests } from '../../shared/adapters/dynamo/requests.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId } from '../../shared/adapters/ids.ts';
import type { Request } from '../../shared/domain/request.ts';
import { sampleOptOut } from './sample-opt-out.ts';

const AGENT = { name: 'Permission Slip', permission: 'attached', powerOfAttorney: false } as const;

/** What {@link dynamoErasures} promises of records that stay. */
export function describeErasures(table: Table): void {
  describe('an erasure', () => {
    it.each<[string, before: Partial<Request>, after: Partial<Request>]>([
      ['a mail address', {}, {}],
      ['a number that a text is owed to', { textTo: '+12025550143' }, {}],
      [
        'what staff noted',
        { intake: { actor: 'clerk-1', note: 'Called by Jane Roe', agent: AGENT } },
        { intake: { actor: 'clerk-1', agent: AGENT } },
      ],
    ])('takes %s out of the record, which stays (CC-25)', async (_, before, after) => {
      const requestId = newRequestId();
      const { mailTo, ...kept } = sampleOptOut({ address: `jane.${requestId}@example.org`, requestId });
      const request = { ...kept, ...before, ...(mailTo && { mailTo }) };
      await dynamoOptOuts(table).record(request);
      for (let time = 0; time < 2; time += 1) await dynamoErasures(table).pseudonymise([request.subjectKey]);
      const found = await dynamoRequests(table).read(request, request.receivedAt);
      expect(found).toEqual({ ...kept, maskedAddress: '', ...after });
    });
  });
}
