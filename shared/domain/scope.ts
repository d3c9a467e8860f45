/** Ways to reach a person. `any` stands for all of them, present and future. */
export const CHANNELS = ['email', 'sms', 'phone', 'post', 'any'] as const;
/** What a message or a use of data is for. Transactional mail is never a scope. */
export const PURPOSES = ['marketing', 'sale-share', 'profiling', 'any'] as const;

export type Channel = (typeof CHANNELS)[number];
export type Purpose = (typeof PURPOSES)[number];

/** What an opt-out is about: channel × purpose, and optionally one list (brand or topic). */
export interface Scope {
  channel: Channel;
  purpose: Purpose;
  list?: string;
}

/** `email:marketing` or `email:marketing:weekly-offers`. */
export type ScopeName = string & { readonly __kind: 'scope' };

/** Lower-case letters, digits, dot, dash, underscore; 1 to 64 characters; begins with a letter or digit. */
export const LIST_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The accepted form, in words for people who got it wrong. */
export const SCOPE_FORM = `<channel>:<purpose> or <channel>:<purpose>:<list>, with channel ${CHANNELS.join(' | ')}, purpose ${PURPOSES.join(' | ')}, list matching ${LIST_PATTERN.source}`;

/** Reads a written scope; `undefined` when it is none. */
export function parseScope(text: string): Scope | undefined {
  const [channel, purpose, list, ...rest] = text.split(':');
  if (rest.length > 0 || !isOneOf(CHANNELS, channel) || !isOneOf(PURPOSES, purpose)) return undefined;
  if (list === undefined) return { channel, purpose };
  return LIST_PATTERN.test(list) ? { channel, purpose, list } : undefined;
}

/** Whether a scope can be read and its list, if any, is among these: strangers may not name others, which could hold anything. */
export function isKnownScope(written: string, lists: readonly string[]): written is ScopeName {
  const scope = parseScope(written);
  return scope !== undefined && (scope.list === undefined || lists.includes(scope.list));
}

/** Writes a scope; the inverse of {@link parseScope}. */
export function scopeName({ channel, purpose, list }: Scope): ScopeName {
  return [channel, purpose, ...(list === undefined ? [] : [list])].join(':') as ScopeName;
}

/** Whether a choice about `broad` also decides about `narrow`. */
export function covers(broad: Scope, narrow: Scope): boolean {
  return (
    (broad.channel === 'any' || broad.channel === narrow.channel) &&
    coversPurpose(broad.purpose, narrow.purpose) &&
    (broad.list === undefined || broad.list === narrow.list)
  );
}

// GD-02: an objection to direct marketing ends the profiling that serves it, too.
function coversPurpose(broad: Purpose, narrow: Purpose): boolean {
  return broad === 'any' || broad === narrow || (broad === 'marketing' && narrow === 'profiling');
}

function isOneOf<T extends string>(values: readonly T[], value: string | undefined): value is T {
  return values.some((candidate) => candidate === value);
}
