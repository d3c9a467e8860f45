import {
  BEGAN_ATTRIBUTE_PREFIX,
  confirmationKey,
  SCOPE_ATTRIBUTE_PREFIX,
  suppressionKey,
} from '../../shared/adapters/dynamo/keys.ts';
import { choiceAttribute } from '../../shared/adapters/dynamo/suppression-item.ts';
import type { Attributes } from '../../shared/adapters/dynamo/table.ts';
import type { Confirmation } from '../../shared/domain/confirmation.ts';
import { isExpired } from '../../shared/domain/epoch.ts';
import type { ItemKey } from '../../shared/domain/ports/expired-items.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import type { Choice } from '../../shared/domain/suppression.ts';
import type { Action } from './memory-table.ts';

export function choose(
  { subjectKey, scopes }: { subjectKey: SubjectKey; scopes: readonly ScopeName[] },
  choice: Choice,
): Action {
  const chosen = Object.fromEntries(scopes.map((scope) => [SCOPE_ATTRIBUTE_PREFIX + scope, choiceAttribute(choice)]));
  const last = { [choice.state === 'opted-in' ? 'lastOptIn' : 'lastOptOut']: choice.since.toISOString() };
  const key = suppressionKey(subjectKey);
  return {
    key,
    apply: (before = {}) => {
      const began = scopes.map((scope) => {
        const name = BEGAN_ATTRIBUTE_PREFIX + scope;
        return [name, choice.state === 'opted-in' ? undefined : (before[name] ?? choice.requestId)];
      });
      const values = { ...chosen, ...last, ...Object.fromEntries(began), subjectKey };
      return note(key, values, () => true).apply(before);
    },
  };
}

export function choiceIn(
  item: Attributes,
  scope: ScopeName,
): { state: string; since: string; manner: string } | undefined {
  return item[SCOPE_ATTRIBUTE_PREFIX + scope] as { state: string; since: string; manner: string } | undefined;
}

export function consume({ tokenHash, purpose }: Confirmation, now: Date): Action {
  return note(
    confirmationKey({ tokenHash }),
    { consumedAt: now.toISOString() },
    (item) =>
      item !== undefined &&
      item.consumedAt === undefined &&
      !isExpired(item.expiresAt as number, now) &&
      item.purpose === purpose,
  );
}

// Sets some attributes (undefined removes one) and counts the write; by default only on an item that is there.
export function note(
  key: ItemKey,
  values: Attributes,
  condition: Action['condition'] = (item) => item !== undefined,
): Action {
  return {
    key,
    condition,
    apply: (before = {}) => {
      const after = { ...before, ...values, version: Number(before.version ?? 0) + 1 };
      return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined));
    },
  };
}

export function put(item: Attributes): Action {
  const { pk, sk } = item as unknown as ItemKey;
  return { key: { pk, sk }, apply: () => item };
}

export function remove(key: ItemKey): Action {
  return { key, apply: () => undefined };
}
