import { confirmationItem, parseConfirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { confirmationKey, requestKey, suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { reachItem } from '../../shared/adapters/dynamo/reach-item.ts';
import { parseRequestItem, requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { reviewItem } from '../../shared/adapters/dynamo/reviews.ts';
import { parseChoices } from '../../shared/adapters/dynamo/suppression-item.ts';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import { PAGE_MANNERS } from '../../shared/domain/burst.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { ConfirmationEffects, Confirmations } from '../../shared/domain/ports/confirmations.ts';
import type { EndedItem, ExpiredItems, ItemKey } from '../../shared/domain/ports/expired-items.ts';
import type { MailClaims } from '../../shared/domain/ports/mail-claims.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { RequestBook, Requests } from '../../shared/domain/ports/requests.ts';
import type { Reviews } from '../../shared/domain/ports/reviews.ts';
import type { Suppressions } from '../../shared/domain/ports/suppressions.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { type Choices, mergeChoices, stopOf } from '../../shared/domain/suppression.ts';
import { choiceIn, choose, consume, note, put, remove } from './memory-actions.ts';
import { memoryMailClaims } from './memory-mail-claims.ts';
import { type Action, type MemoryTable, memoryTable } from './memory-table.ts';

/** All ports of the Registry over one table in memory, in the items that the DynamoDB adapters write. */
export interface MemoryRegistry {
  optOuts: OptOuts;
  suppressions: Suppressions;
  requests: Requests;
  book: RequestBook;
  confirmations: Confirmations;
  effects: ConfirmationEffects;
  claims: MailClaims;
  expiredItems: ExpiredItems;
  reviews: Reviews;
  table: MemoryTable;
}

/** @param now stamps the stream's records; the ports get their time from whoever calls them. */
export function memoryRegistry(now: () => Date = () => new Date()): MemoryRegistry {
  const table = memoryTable(now);
  const readLiving = (key: ItemKey, at: Date) => {
    const item = table.get(key);
    return item === undefined || isExpired(item.expiresAt as number | undefined, at) ? undefined : item;
  };
  return {
    table,
    optOuts: memoryOptOuts(table),
    suppressions: memorySuppressions(table),
    requests: {
      read: async (key, at) => {
        const item = readLiving(requestKey(key), at);
        return item && parseRequestItem(item);
      },
    },
    book: {
      enter: async (request) => {
        table.transact([{ ...put(requestItem(request)), condition: (item) => item === undefined }]);
      },
    },
    confirmations: {
      find: async (tokenHash, at) => {
        const item = readLiving(confirmationKey({ tokenHash }), at);
        return item && parseConfirmationItem(item);
      },
    },
    effects: memoryEffects(table),
    claims: memoryMailClaims(table),
    expiredItems: memoryExpiredItems(table),
    reviews: {
      open: async (review) => {
        table.transact([{ ...put(reviewItem(review)), condition: (item) => item === undefined }]);
      },
    },
  };
}

function memoryOptOuts(table: MemoryTable): OptOuts {
  const write = (request: Request, condition?: Action['condition'], isNew?: Action['condition']) => {
    const { names, choice } = stopOf(request);
    return table.transact([
      { ...choose({ ...request, scopes: names }, choice), ...(condition && { condition }) },
      { ...put(requestItem(request)), ...(isNew && { condition: isNew }) },
      ...[reachItem(request)].flatMap((item) => (item === undefined ? [] : [put(item)])),
    ]);
  };
  return {
    record: async (request) => {
      write(request);
    },
    recordUnlessInForce: async (request) => {
      const isStillOpen = (item: Attributes = {}) =>
        request.scopes.some((scope) => {
          const { state, since = '', manner } = choiceIn(item, scope) ?? {};
          const isPress = PAGE_MANNERS.some((one) => one === manner);
          return state !== 'opted-out' || String(item.lastOptIn ?? '') > since || isPress;
        });
      return write(request, isStillOpen).length === 0 ? 'recorded' : 'already-in-force';
    },
    recordOnce: async (request) =>
      write(request, undefined, (item) => item === undefined).length === 0 ? 'recorded' : 'recorded-before',
  };
}

function memorySuppressions(table: MemoryTable): Suppressions {
  const readOne = (keys: readonly SubjectKey[]): Choices =>
    mergeChoices(keys.map((key) => parseChoices(table.get(suppressionKey(key)) ?? {})));
  return { read: async (keys) => readOne(keys), readMany: async (people) => people.map(readOne) };
}

function memoryEffects(table: MemoryTable): ConfirmationEffects {
  return {
    confirmMailbox: async (link, now) => {
      const failed = table.transact([consume(link, now), note(requestKey(link), { confirmedAt: now.toISOString() })]);
      return failed.length === 0 ? 'done' : 'already-used';
    },
    startOptIn: async (undo, step2, optIn) => {
      const actions = [consume(undo, optIn.receivedAt), put(requestItem(optIn)), put(confirmationItem(step2))];
      return table.transact(actions).length === 0 ? 'done' : 'already-used';
    },
    completeOptIn: async (step2, now) => {
      const { requestId, manner, receivedAt } = step2;
      const noOptOutSince = (item: Attributes = {}) => String(item.lastOptOut ?? '') <= receivedAt.toISOString();
      const lift = choose(step2, { state: 'opted-in', since: now, requestId, manner });
      const effective = { state: 'effective', confirmedAt: now.toISOString() };
      const failed = table.transact([
        consume(step2, now),
        { ...lift, condition: noOptOutSince },
        note(requestKey(step2), effective),
      ]);
      if (failed.length === 0) return 'done';
      return failed.includes(0) ? 'already-used' : 'newer-choice';
    },
  };
}

function memoryExpiredItems(table: MemoryTable): ExpiredItems {
  const ended = (time: number) => (item: Attributes | undefined) =>
    typeof item?.expiresAt === 'number' && item.expiresAt < time;
  return {
    listEndedBefore: async function* (time) {
      for (const { pk, sk, expiresAt } of table.items().filter(ended(time))) yield { pk, sk, expiresAt } as EndedItem;
    },
    remove: async (key, time) =>
      table.transact([{ ...remove(key), condition: ended(time) }]).length === 0 ? 'removed' : 'kept',
  };
}
