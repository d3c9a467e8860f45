import type { AppendLedgerPorts } from '../../functions/append-ledger/append-ledger.ts';
import type { LedgerHeads, LedgerPlaces } from '../../shared/domain/ports/ledger-log.ts';
import type { Actor } from './scheduler.ts';
import type { World } from './world.ts';

/** What functions reach their world through. */
export type Ports = Pick<AppendLedgerPorts, 'heads' | 'places' | 'objects' | 'reader'>;

/** Ports of one invocation: each call waits for its turn and may meet a fault. */
export function portsOf(world: World, actor: Actor): Ports {
  return { heads: heads(world, actor), places: places(world, actor), ...storage(world, actor) };
}

function heads({ caller, table, scheduler, ...world }: World, actor: Actor): LedgerHeads {
  return {
    read: () => caller.call(actor, { what: 'head.read', effect: () => table.head }),
    findDone: (changes) =>
      caller.call(actor, { what: 'head.findDone', effect: () => table.findDone(changes, scheduler.time) }),
    replace: (old, next, changes) => {
      const now = scheduler.time + world.skew;
      const effect = () => table.replace(old, next, { changes, now });
      return caller.call(actor, { what: `head.replace ${old.objects} → ${next.objects}`, effect });
    },
  };
}

function places({ caller, table }: World, actor: Actor): LedgerPlaces {
  return {
    note: (noted) => {
      const write = (some: typeof noted) => {
        for (const { placedId, ...place } of some) table.places.set(placedId, place);
      };
      const half = () => write(noted.slice(0, Math.ceil(noted.length / 2)));
      return caller.call(actor, { what: `places.note ${noted.length}`, effect: () => write(noted), half });
    },
    find: (placedId) => caller.call(actor, { what: 'places.find', effect: () => table.places.get(placedId) }),
  };
}

function storage({ caller, bucket }: World, actor: Actor): Pick<Ports, 'objects' | 'reader'> {
  return {
    objects: {
      putOnce: (key, bytes) => caller.call(actor, { what: `put ${key}`, effect: () => bucket.putOnce(key, bytes) }),
    },
    reader: {
      get: (key) => caller.call(actor, { what: `get ${key}`, effect: () => bucket.objects.get(key) }),
      firstAfter: (prefix, after) =>
        caller.call(actor, { what: 'list', effect: () => bucket.list(prefix).find((key) => key > after) }),
    },
  };
}
