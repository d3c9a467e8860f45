import { describe, expect, it } from 'vitest';
import { dynamoPressedPeople, dynamoSourcedRequests } from '../../shared/adapters/dynamo/bursts.ts';
import { dynamoErasures } from '../../shared/adapters/dynamo/erasures.ts';
import { reachKey } from '../../shared/adapters/dynamo/keys.ts';
import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { dynamoRequests, readLiving } from '../../shared/adapters/dynamo/requests.ts';
import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import type { Table } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId } from '../../shared/adapters/ids.ts';
import type { Press } from '../../shared/domain/burst.ts';
import { settlementOf, type UndoFacts } from '../../shared/domain/burst-undo.ts';
import { REACH_DAYS } from '../../shared/domain/policy.ts';
import type { Settlement } from '../../shared/domain/ports/bursts.ts';
import type { Request } from '../../shared/domain/request.ts';
import { PRESS_START, samplePress, secondsLater } from './sample-press.ts';

const NOW = secondsLater(3600);
const facts: UndoFacts = { actor: 'clerk-1', actorKey: 'k1.actor', reason: 'A gateway', now: NOW, requestDays: 760 };

let people = 1000;

function newPress(facts: Parameters<typeof samplePress>[1] = {}): Press {
  people += 1;
  return samplePress(people, { requestId: newRequestId(), ...facts }) as Press;
}

/** What the ports of bursts promise over a table. */
export function describeBursts(table: Table): void {
  const [optOuts, suppressions, requests] = [dynamoOptOuts(table), dynamoSuppressions(table), dynamoRequests(table)];
  const [sourced, pressed] = [dynamoSourcedRequests(table), dynamoPressedPeople(table)];
  const read = (press: Request) => pressed.read(press.subjectKey, NOW);
  const choicesOf = async ({ subjectKey }: Request) => Object.keys(await suppressions.read([subjectKey]));

  async function settlementFor(press: Press): Promise<Settlement> {
    const settlement = settlementOf({ burstId: 'bur_1', presses: [press] }, await read(press), facts);
    if (settlement === undefined) throw new Error('Nothing to do');
    return settlement;
  }

  describe('presses', () => {
    it('are listed by when they came, and nothing else is', async () => {
      const [old, press] = [newPress({ receivedAt: secondsLater(-10) }), newPress()];
      const without = newPress({ source: undefined });
      for (const one of [old, press, without]) await optOuts.record(one);
      const found: Request[] = [];
      for await (const one of sourced.list(PRESS_START, NOW)) found.push(one);
      expect(found).toContainEqual(press);
      const ids = found.map(({ requestId }) => requestId);
      for (const one of [old, without]) expect(ids).not.toContain(one.requestId);
    });

    it('are read with all that is known of the person, and where to write to', async () => {
      const press = newPress();
      await optOuts.record(press);
      const person = await read(press);
      expect(person).toMatchObject({ version: 1, requests: [press], mailTo: press.mailTo });
      expect(person.began).toEqual({ 'email:marketing': press.requestId });
    });

    it('name the request with which a stop began, until it ends', async () => {
      const press = newPress();
      await optOuts.record(press);
      await optOuts.record({ ...press, requestId: newRequestId(), receivedAt: secondsLater(1) });
      const person = await read(press);
      expect(person.began).toEqual({ 'email:marketing': press.requestId });
      expect(person.choices['email:marketing' as never]).toMatchObject({ since: secondsLater(1) });
    });

    it('keep the address for some days only, and not after an erasure', async () => {
      const press = newPress();
      await optOuts.record(press);
      const end = new Date(PRESS_START.getTime() + (REACH_DAYS * 86_400 + 1) * 1000);
      expect(await pressed.read(press.subjectKey, end)).not.toHaveProperty('mailTo');
      await dynamoErasures(table).pseudonymise([press.subjectKey]);
      expect(await readLiving(table, reachKey(press), NOW)).not.toHaveProperty('mailTo');
      expect(await read(press)).not.toHaveProperty('mailTo');
      expect((await read(press)).requests[0]?.source).toBe(press.source);
    });
  });

  describe('an undo', () => {
    it('puts back the choice, marks the press and is on record', async () => {
      const press = newPress();
      await optOuts.record(press);
      const settlement = await settlementFor(press);
      expect(await pressed.settle(await read(press), settlement)).toBe('settled');
      expect(await choicesOf(press)).toEqual([]);
      expect(await requests.read(press, NOW)).toEqual({ ...press, burstId: 'bur_1', undoneBy: 'clerk-1' });
      expect(await requests.read(settlement.undo as Request, NOW)).toEqual(settlement.undo);
      expect(await read(press)).toMatchObject({ version: 2, began: {} });
    });

    it('is written once', async () => {
      const press = newPress();
      await optOuts.record(press);
      const [person, settlement] = [await read(press), await settlementFor(press)];
      expect(await pressed.settle(person, settlement)).toBe('settled');
      expect(await pressed.settle(person, settlement)).toBe('changed-meanwhile');
      expect(await read(press)).toMatchObject({ version: 2 });
    });

    it('loses against whoever opts out meanwhile', async () => {
      const press = newPress();
      await optOuts.record(press);
      const [person, settlement] = [await read(press), await settlementFor(press)];
      const own = { ...press, requestId: newRequestId(), manner: 'one-click', receivedAt: secondsLater(30) } as const;
      expect(await optOuts.recordUnlessInForce(own)).toBe('recorded');
      expect(await pressed.settle(person, settlement)).toBe('changed-meanwhile');
      expect(await choicesOf(press)).toEqual(['email:marketing']);
      expect(await settlementFor(press)).toMatchObject({ names: [] });
    });

    it('leaves an opt-out that comes afterwards in force', async () => {
      const press = newPress();
      await optOuts.record(press);
      await pressed.settle(await read(press), await settlementFor(press));
      const later = { ...press, requestId: newRequestId(), receivedAt: secondsLater(4000) };
      expect(await optOuts.recordUnlessInForce(later)).toBe('recorded');
      expect(await choicesOf(press)).toEqual(['email:marketing']);
      expect((await read(press)).began).toEqual({ 'email:marketing': later.requestId });
    });
  });
}
