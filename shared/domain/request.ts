import type { DenialBasis } from './agent-rules.ts';
import type { BurstId } from './burst.ts';
import type { ComplaintDays, ComplaintEvent, ComplaintState } from './complaint.ts';
import type { EpochSeconds } from './epoch.ts';
import type { ScopeName } from './scope.ts';
import type { SourceKey } from './source.ts';
import type { Identifier, SubjectKey } from './subject.ts';

/** `req_` and a ULID. */
export type RequestId = `req_${string}`;

/** How a request can reach us (CC-25 "manner"). */
export const MANNERS = [
  'form',
  'api',
  'one-click',
  'link-page',
  'undo-link',
  // Staff undid what a program had pressed.
  'burst-undo',
  'preference-page',
  // Global Privacy Control: the browser asked, in the person's name.
  'gpc',
  'sms',
  // Somebody wrote a mail; a provider reported a complaint; a mail came back for good; SES's own list says one or the other.
  'mailto',
  'feedback-report',
  'bounce',
  'ses-list',
  // Told to staff, who took it down.
  'phone',
  'post',
  'in-person',
  'agent',
] as const;
export type Manner = (typeof MANNERS)[number];

/** What became of the request's mail: the receipt of an opt-out, the link that was asked for. It never changes whether the opt-out holds (EM-14). */
export type ReceiptState =
  | 'pending'
  /** SES took it. What became of it afterwards, SES tells later (SE-02). */
  | 'sent'
  /** The recipient's mail server took it. */
  | 'delivered'
  /** It came back for good, or SES did not send it. */
  | 'undelivered'
  /** SES's answer was lost: it may have been sent, and a second mail would be worse than none. */
  | 'unconfirmed'
  /** Another mail of its kind went to this address within the guard's time (EM-09). */
  | 'withheld'
  /** The address takes no mail (a phone number, or one that SES cannot reach, NO-03), or a robot asked, which gets no answer (RF-09). */
  | 'none';

/**
 * What each state may follow. Every pair has one that stands over the other, so that notes which come twice or in another order end alike
 * (SE-05): a mail that came back was not delivered, whatever its server said before.
 */
export const RECEIPT_FOLLOWS: Readonly<Record<Exclude<ReceiptState, 'pending'>, readonly ReceiptState[]>> = {
  none: ['pending'],
  withheld: ['pending'],
  unconfirmed: ['pending'],
  sent: ['pending', 'none', 'withheld', 'unconfirmed'],
  delivered: ['pending', 'none', 'withheld', 'unconfirmed', 'sent'],
  undelivered: ['pending', 'none', 'withheld', 'unconfirmed', 'sent', 'delivered'],
};

/** An opt-out has no pending state: it is effective when it is accepted (X1–X7). Only an opt-in waits. */
export type RequestStatus =
  | { type: 'opt-out'; state: 'effective' }
  | { type: 'opt-in'; state: 'awaiting-confirmation' | 'effective' }
  /** `confirmed`: the owner of the mailbox asked for it, and it is under way. `effective`: what could end has ended. */
  | { type: 'erasure'; state: 'awaiting-confirmation' | 'confirmed' | 'effective' }
  /** The person's own stop with an end; whole days from when it was received. */
  | { type: 'pause'; state: 'effective'; days: number; until: Date }
  /** A link to the preference page, wanted by mail. Changes nothing, and is forgotten within days. */
  | { type: 'preferences-link'; state: 'asked' }
  /** A text that asks what this is. Changes nothing, and is forgotten within a day. */
  | { type: 'help'; state: 'asked' }
  /** Staff put back what a burst had stopped (`burst.ts`). No opt-in: nobody asked for the stop in the first place. */
  | { type: 'burst-undo'; state: 'effective' }
  /** See `complaint.ts`. The only one whose end moves: far off while it is open. */
  | ({ type: 'complaint'; state: ComplaintState } & ComplaintDays);
export type RequestType = RequestStatus['type'];

/**
 * What came of an agent's signed permission. `attached`: it, or its proof, came along and lies elsewhere. `kept`: it lies in the intake bucket.
 * `not-kept`: it came along and could not be kept. An opt-out holds with any of them.
 */
export const PERMISSION_STATES = ['attached', 'kept', 'not-kept', 'none'] as const;
export type PermissionState = (typeof PERMISSION_STATES)[number];

/** Somebody who acts for the person (CC-22). Nothing of it is asked for before an opt-out holds. */
export interface Agent {
  /** Empty when none was given. */
  name: string;
  /** Where staff can ask back, as it was typed. Heed writes nothing to it. */
  email?: string;
  permission: PermissionState;
  /** SHA-256 of the signed permission, hex. */
  permissionHash?: string;
  powerOfAttorney: boolean;
}

/** Who brought a request, if not the person. Stays in the request's item and ends with it. */
export interface Intake {
  /** Id of who took it down, from the access token. Absent: nobody of staff, the agent came by form. */
  actor?: string;
  note?: string;
  agent?: Agent;
}

/** A request that staff denied, with what they know (CC-09). What was stopped stays stopped. */
export interface Denial {
  basis: DenialBasis;
  at: Date;
  actor: string;
  /** Why they believe it. */
  evidence: string;
  /** What whoever asked is told. */
  explanation: string;
}

/** One line of what was done about a complaint. */
export interface ComplaintStep {
  at: Date;
  event: ComplaintEvent;
  actor: string;
  /** What the person was told. */
  told: string;
}

/** What a complaint says, and what was done. Stays in the request's item and ends with it. */
export interface ComplaintMatter {
  text: string;
  /** The person's own number of what it is about. */
  reference?: string;
  /** Where the answer goes: needed as long as the complaint can be appealed. */
  answerTo: Identifier;
  steps: readonly ComplaintStep[];
}

/** What someone asked, with the record fields that the law wants (CC-25). Ends; see `expiresAt`. */
export interface Request {
  requestId: RequestId;
  subjectKey: SubjectKey;
  status: RequestStatus;
  scopes: readonly ScopeName[];
  manner: Manner;
  receivedAt: Date;
  policyVersion: string;
  /** Names the privacy notice in force when it was stored; see `shared/i18n/notice-version.ts`. */
  noticeVersion?: string;
  /** For an opt-in: names the very words that were shown (CC-15), see `shared/i18n/wording.ts`. */
  wording?: string;
  locale: string;
  site?: string;
  /** The form's trap field was filled: probably a robot. The opt-out holds all the same. */
  isSuspect: boolean;
  /** Canonical address; removed once the mail is settled. Absent for phone numbers. */
  mailTo?: string;
  /** E.164 number that a confirming text is owed to; removed once that is settled. */
  textTo?: string;
  /** The number of ours that the text came to, and that the confirming one comes from. */
  textFrom?: string;
  /** What was written may not have meant an opt-out; it holds, and a person looks (TC-01). */
  needsReview?: true;
  /** For the receipt page, as `j•••@e•••.org`. */
  maskedAddress: string;
  receipt: ReceiptState;
  /** For an erasure: the person's keys under older ring keys, by which contacts may be linked. */
  otherKeys?: readonly SubjectKey[];
  /** When the owner of the mailbox pressed the button in the receipt mail. */
  confirmedAt?: Date;
  /** Where it came from through a public page; ends with this record. */
  source?: SourceKey;
  /** For a stop: the burst as part of which staff went through it. For an undo: the one that it undoes. */
  burstId?: BurstId;
  /** Id of who went through it, from the access token. */
  undoneBy?: string;
  /** For an undo: the same, keyed, for the ledger; and that a reason was given, which stands in `intake`. */
  undoneByKey?: string;
  hasReason?: true;
  intake?: Intake;
  complaint?: ComplaintMatter;
  denial?: Denial;
  expiresAt: EpochSeconds;
}
