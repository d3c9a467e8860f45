import { SCOPE_ATTRIBUTE_PREFIX } from '../../shared/adapters/dynamo/keys.ts';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';
import type { ItemType, RegistryChange } from '../../shared/stream/registry-change.ts';

/** One line of the ledger. */
export interface LedgerRecord {
  /** Format version. */
  v: 1;
  /** The stream's event id: the same for each delivery of the same change. */
  id: string;
  /** `<item type>.<what happened>`. */
  event: string;
  /** When the store took the change, ISO 8601 in UTC, to the second. */
  at: string;
  facts: Record<string, unknown>;
}

/**
 * The fields of each item type that may enter the ledger, which cannot forget (S3-02). Whatever is not named here stays out:
 * addresses, masked addresses, token hashes and all that later versions may add.
 */
const ALLOWED: Record<ItemType, readonly string[]> = {
  suppression: ['subjectKey', 'version'],
  request: [
    'subjectKey',
    'requestId',
    'type',
    'state',
    'scopes',
    'manner',
    'receivedAt',
    'policyVersion',
    'isSuspect',
    'receipt',
    'confirmedAt',
    'version',
  ],
  'mail-guard': ['subjectKey', 'requestId', 'version'],
  confirmation: ['subjectKey', 'requestId', 'purpose', 'consumedAt', 'version'],
  unknown: [],
};

/** Says what a change was, with allowed fields only. */
export function ledgerRecord(change: RegistryChange): LedgerRecord {
  const image = change.kind === 'REMOVE' ? change.before : change.after;
  const facts = pick(image, ALLOWED[change.itemType]);
  return {
    v: 1,
    id: change.eventId,
    event: `${change.itemType}.${eventName(change)}`,
    at: change.at.toISOString(),
    facts: { ...facts, ...choices(change), ...deletion(change) },
  };
}

function eventName({ kind, endedBy }: RegistryChange): string {
  if (kind === 'INSERT') return 'created';
  if (kind === 'MODIFY') return 'changed';
  return endedBy === undefined ? 'removed' : 'retention-deleted';
}

// DD-05: who deleted at the end of the period, and which end that was.
function deletion({ endedBy, before }: RegistryChange): object {
  const due = before[TTL_ATTRIBUTE];
  return endedBy === undefined ? {} : { by: endedBy, ...(typeof due === 'number' ? { due } : {}) };
}

function choices({ itemType, before, after }: RegistryChange): object {
  if (itemType !== 'suppression') return {};
  const changed = Object.entries(after)
    .filter(
      ([name, value]) =>
        name.startsWith(SCOPE_ATTRIBUTE_PREFIX) && JSON.stringify(value) !== JSON.stringify(before[name]),
    )
    .map(([name, value]) => [
      name.slice(SCOPE_ATTRIBUTE_PREFIX.length),
      pick(value as object, ['state', 'since', 'requestId', 'manner']),
    ]);
  return { choices: Object.fromEntries(changed) };
}

function pick(source: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}
