import type { StreamChange } from '../../shared/domain/ports/ledger-log.ts';
import { CHECKPOINT_PREFIX, LEDGER_PREFIX } from '../../shared/names.ts';
import type { Actor } from './scheduler.ts';
import type { Mutation, World } from './world.ts';
import type { Ports } from './world-ports.ts';

type Replace = Ports['heads']['replace'];
type Note = Ports['places']['note'];

/** Bugs that somebody could make, each planted between the code and its world. The simulator must notice every one. */
export const MUTANTS: Readonly<Record<string, Mutation>> = {
  'nothing is ever found done': { ports: (ports) => withHeads(ports, { findDone: async () => new Set() }) },
  'changes are known by their sequence number alone': { ports: (ports, world) => withHeads(ports, bySequence(world)) },
  'what is done is read eventually consistent': { ports: (ports, world) => withHeads(ports, readLate(world)) },
  'the head moves without a condition': {
    ports: (ports, world, actor) => withHeads(ports, { replace: unconditional(world, actor) }),
  },
  'the head moves without a marker': {
    ports: (ports) => withHeads(ports, { replace: (old, next) => ports.heads.replace(old, next, []) }),
  },
  'the marker is written after the transaction': {
    ports: (ports, world, actor) => withHeads(ports, { replace: markAfter(ports, world, actor) }),
  },
  'the marker is written before the transaction': {
    ports: (ports, world, actor) => withHeads(ports, { replace: markBefore(ports, world, actor) }),
  },
  'markers end after an hour': { ports: (ports, world) => withHeads(ports, { replace: shortLived(world, ports) }) },
  'the object is put without If-None-Match': {
    ports: (ports, world, actor) => ({ ...ports, objects: { putOnce: overwriting(world, actor, LEDGER_PREFIX) } }),
  },
  'the checkpoint is put without If-None-Match': {
    ports: (ports, world, actor) => ({ ...ports, objects: { putOnce: overwriting(world, actor, CHECKPOINT_PREFIX) } }),
  },
  'an object that exists counts as stored': {
    ports: (ports) => ({
      ...ports,
      objects: { putOnce: (key, bytes) => ports.objects.putOnce(key, bytes).then(() => 'stored' as const) },
    }),
  },
  'nobody finishes what a dead writer left': {
    ports: (ports) => ({ ...ports, reader: { ...ports.reader, get: async () => undefined } }),
  },
  'places are noted one off': {
    ports: (ports) => withNote(ports, (places) => ports.places.note(places.map((p) => ({ ...p, index: p.index + 1 })))),
  },
  'places are noted after the head has moved': { ports: noteAfter },
  'places name the object before': {
    ports: (ports) =>
      withNote(ports, (places) => ports.places.note(places.map((p) => ({ ...p, object: p.object - 1 })))),
  },
  'a seal takes another seal’s later checkpoint for a rollback': {
    ports: (ports) => withHeads(ports, readOnce(ports)),
  },
  'a failed batch is answered as done': { answer: () => ({ batchItemFailures: [] }) },
  'a failed batch names its last record only': {
    answer: (batch) => ({ batchItemFailures: [{ itemIdentifier: batch.at(-1)?.seq ?? '' }] }),
  },
};

function withHeads(ports: Ports, heads: Partial<Ports['heads']>): Ports {
  return { ...ports, heads: { ...ports.heads, ...heads } };
}

function withNote(ports: Ports, note: Note): Ports {
  return { ...ports, places: { ...ports.places, note } };
}

function bySequence({ table, scheduler }: World): Partial<Ports['heads']> {
  const bySeq = (changes: readonly StreamChange[]) => changes.map(({ seq, at }) => ({ id: seq, seq, at }));
  return {
    replace: async (old, next, changes) => table.replace(old, next, { changes: bySeq(changes), now: scheduler.time }),
    findDone: async (changes) => {
      const done = table.findDone(bySeq(changes), scheduler.time);
      return new Set(changes.filter(({ seq }) => done.has(seq)).map(({ id }) => id));
    },
  };
}

function readLate({ table, random, scheduler }: World): Partial<Ports['heads']> {
  return {
    findDone: async (changes) => (random.chance(0.5) ? new Set() : table.findDone(changes, scheduler.time)),
  };
}

function readOnce({ heads }: Ports): Partial<Ports['heads']> {
  let first: ReturnType<Ports['heads']['read']> | undefined;
  const read = () => {
    first ??= heads.read();
    return first;
  };
  return { read };
}

function unconditional({ caller, table, scheduler }: World, actor: Actor): Replace {
  return (_, next, changes) => {
    const effect = () => {
      table.force(next);
      table.mark(changes, scheduler.time);
      return 'replaced' as const;
    };
    return caller.call(actor, { what: 'head.replace', effect });
  };
}

function markAfter(ports: Ports, { caller, table, scheduler }: World, actor: Actor): Replace {
  return async (old, next, changes) => {
    const outcome = await ports.heads.replace(old, next, []);
    if (outcome === 'replaced')
      await caller.call(actor, { what: 'mark', effect: () => table.mark(changes, scheduler.time) });
    return outcome;
  };
}

function markBefore(ports: Ports, { caller, table, scheduler }: World, actor: Actor): Replace {
  return async (old, next, changes) => {
    await caller.call(actor, { what: 'mark', effect: () => table.mark(changes, scheduler.time) });
    return await ports.heads.replace(old, next, []);
  };
}

function shortLived({ table, scheduler }: World, ports: Ports): Replace {
  return async (old, next, changes) => {
    const outcome = await ports.heads.replace(old, next, changes);
    if (outcome === 'replaced') table.mark(changes, scheduler.time - 47 * 3_600_000);
    return outcome;
  };
}

function overwriting({ caller, bucket }: World, actor: Actor, prefix: string): Ports['objects']['putOnce'] {
  return (key, bytes) => {
    const put = () => {
      bucket.overwrite(key, bytes);
      return 'stored' as const;
    };
    return caller.call(actor, {
      what: `put ${key}`,
      effect: () => (key.startsWith(prefix) ? put() : bucket.putOnce(key, bytes)),
    });
  };
}

function noteAfter(ports: Ports): Ports {
  let waiting: Parameters<Note>[0] = [];
  const replace: Replace = async (old, next, changes) => {
    const outcome = await ports.heads.replace(old, next, changes);
    if (outcome === 'replaced') await ports.places.note(waiting);
    return outcome;
  };
  const note: Note = async (places) => {
    waiting = places;
  };
  return withNote(withHeads(ports, { replace }), note);
}
