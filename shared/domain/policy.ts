import type { GuardedKind } from './mail-kind.ts';
import { type ScopeName, scopeName } from './scope.ts';

/** Names the text of this file; each request records it. Change it whenever a rule below changes. */
export const POLICY_VERSION = '2026-11-26';

/** What may stand between asking and effect. */
export const EFFECT = {
  // Every regime that we know forbids a wait here (X1–X7): no verification, login, fee or further field.
  'opt-out': { waitsFor: 'nothing', requires: ['address'] },
  // CC-15: opting in after an opt-out takes a clear request and a separate confirmation.
  'opt-in': { waitsFor: 'second step', requires: ['mailed link'] },
  // CC-21: what destroys waits for the owner of the mailbox.
  erasure: { waitsFor: 'second step', requires: ['mailed link'] },
} as const;

/** What an opt-out means that names no scope: all marketing, and sale or sharing, in every channel. */
export const DEFAULT_OPT_OUT_SCOPES: readonly ScopeName[] = (
  [
    { channel: 'any', purpose: 'marketing' },
    { channel: 'any', purpose: 'sale-share' },
  ] as const
).map(scopeName);

/**
 * TC-01, TC-04: a text that says stop ends all texts, whatever the programme, and calls as well (47 CFR 64.1200(a)(10) revokes the consent to
 * both). "All unrelated topics, too" is waived until 31 January 2027; we do it at once.
 */
export const TEXT_OPT_OUT_SCOPES: readonly ScopeName[] = (
  [
    { channel: 'sms', purpose: 'any' },
    { channel: 'phone', purpose: 'any' },
  ] as const
).map(scopeName);

/** TC-03: a confirming text is presumed to be consented to for so long after the opt-out; later none is sent, nor one that answers HELP. Whole seconds. */
export const ANSWERING_TEXT_SECONDS = 5 * 60;

/** What Global Privacy Control asks: no sale, no sharing. Never less mail, and never erasure (GP-05). */
export const SIGNAL_SCOPE = { channel: 'any', purpose: 'sale-share' } as const;

/** A link that names no list is about the channel that brought it. */
export const LINK_SCOPE = { channel: 'email', purpose: 'marketing' } as const;

/** EM-03: life of single-use links, whole hours. Undo lives longer, since people read mail late. */
export const LINK_HOURS = { 'confirm-mailbox': 28 * 24, undo: 28 * 24, 'opt-in': 24, erasure: 24 } as const;

/** How long a mail that came in waits, at most, for a person to look at it; then it goes, and what was noted of it. Whole days. */
export const RAW_MAIL_DAYS = 90;

/** CC-16: an opted-out person is not asked to come back for so long, whole months. What they ask by themselves is always allowed. */
const DO_NOT_ASK_MONTHS = 12;

/** The first moment at which a person who opted out may be asked again. A day that the month lacks counts as the next: never early. */
export function doNotAskBefore(optedOut: Date): Date {
  const time = new Date(optedOut);
  time.setUTCMonth(time.getUTCMonth() + DO_NOT_ASK_MONTHS);
  return time;
}

/** Lengths of a pause that the preference page offers, whole days. */
export const PAUSE_DAYS = [30, 60, 90] as const;

/** What a pause is about. */
export const PAUSE_SCOPE = scopeName({ channel: 'any', purpose: 'marketing' });

/** How long the record of a wish for a link is kept, whole days: until the mail has gone out or failed for good. */
export const LINK_REQUEST_DAYS = 5;

/** How long the record of a text that asks for help is kept, whole days: until its answer has gone out or failed for good. */
export const HELP_REQUEST_DAYS = 1;

/** How long a complaint that nobody closes is kept, whole days: far off, but an end. From closing on it is as long as for any request. */
export const OPEN_COMPLAINT_DAYS = 10 * 365;

/**
 * How long a burst can be undone, at most, and the address that would be told of it is kept beside the request, whole days. Staff need a
 * working week; a fortnight leaves room for a holiday. The privacy notice names it (`privacy.collect.reach`).
 */
export const REACH_DAYS = 14;

/** EM-09: at most one mail of a kind per address in this time, whole hours. */
export const MAIL_GUARD_HOURS: Readonly<Record<GuardedKind, number>> = {
  receipt: 24,
  // Anybody may ask for it, for any address; the one that was mailed before goes on working.
  'preferences-link': 24,
  // Only who holds a sealed link can ask for it.
  'opt-in': 1,
  // Anybody may ask for it, for any address; a person who lost the mail should not wait for a day.
  erasure: 1,
  // Anybody may complain in anybody's name.
  'complaint-received': 24,
  // Apart from `receipt`: who asks first and stops then still gets the text that confirms it.
  'text-help': 24,
  // Staff may undo two bursts of one person on the same day; each undid something else.
  'burst-undone': 1,
};
