import type { Day } from '../../shared/domain/calendar/day.ts';
import { isEverythingStopped, preferences } from '../../shared/domain/preferences.ts';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { processingRecord } from '../../shared/domain/retention/ropa.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { type Choice, type Choices, pauseName } from '../../shared/domain/suppression.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { agentDonePage, agentPage } from '../../shared/views/agent-page.ts';
import { complaintPage, complaintReceivedPage } from '../../shared/views/complaint-page.ts';
import { confirmationPage } from '../../shared/views/confirmation-page.ts';
import { confirmedPage } from '../../shared/views/confirmed-page.ts';
import { erasureAskedPage, erasureFormPage } from '../../shared/views/erasure-form-page.ts';
import { erasedPage, erasurePage } from '../../shared/views/erasure-page.ts';
import { addressProblem, formPage } from '../../shared/views/form-page.ts';
import type { PageFrame } from '../../shared/views/layout.ts';
import { burstUndoneMail } from '../../shared/views/mails/burst-undone-mail.ts';
import { complaintMail } from '../../shared/views/mails/complaint-mail.ts';
import { erasureMail } from '../../shared/views/mails/erasure-mail.ts';
import { optInMail } from '../../shared/views/mails/opt-in-mail.ts';
import { preferencesMail } from '../../shared/views/mails/preferences-mail.ts';
import { neutralPage } from '../../shared/views/neutral-page.ts';
import { optedOutPage } from '../../shared/views/opted-out-page.ts';
import { mailFollowsPage, nothingChosenPage, pausedPage } from '../../shared/views/preferences-answers.ts';
import { linkOrderedPage, preferencesLinkPage } from '../../shared/views/preferences-link-page.ts';
import { preferencesPage } from '../../shared/views/preferences-page.ts';
import { privacyPage } from '../../shared/views/privacy-page.ts';
import { problemPage } from '../../shared/views/problem-page.ts';
import { type ReceiptMail, receiptMail } from '../../shared/views/receipt-mail.ts';
import { receiptPage } from '../../shared/views/receipt-page.ts';
import { ropaPage } from '../../shared/views/ropa-page.ts';
import { unsubscribedPage, unsubscribePage } from '../../shared/views/unsubscribe-page.ts';
import { sampleOptOut } from '../support/sample-opt-out.ts';
import { testSettings } from '../support/settings.ts';

/** What comes from outside; a test swaps in hostile values. */
export interface SampleData {
  brand: string;
  controller: string;
  postalAddress: string[];
  typed: string;
  maskedAddress: string;
  list: string;
}

export const FRIENDLY: SampleData = {
  brand: 'Meadow & Pine',
  controller: 'Meadow & Pine Trading Ltd',
  postalAddress: ['12 Orchard Lane', 'Bristol BS1 4DJ', 'United Kingdom'],
  typed: 'jane@',
  maskedAddress: 'j•••@e•••.org',
  list: 'weekly-offers',
};

export const LINKS = {
  receipt: 'https://optout.example/r/eyJhbGciOiJkaXIi',
  confirm: 'https://optout.example/c/Zm9vYmFyYmF6',
  undo: 'https://optout.example/c/cXV4cXV1eA',
  erasure: 'https://optout.example/e/ZXJhc2VtZQ',
  form: 'https://optout.example/',
  linkForm: 'https://optout.example/preferences',
  preferences: 'https://optout.example/p/eyJhbGciOiJkaXIiLCJl',
  unsubscribe: 'https://optout.example/u/eyJhbGciOiJkaXIiLCJh',
};

const scopes = ['any:marketing', 'any:sale-share'] as ScopeName[];
const receivedAt = new Date('2026-11-23T07:15:42Z');
const requestId = 'req_01KAR3Z1V6Y0T8N4C2WJ5H7QDE';

/** Every page in every state that looks different, by name. */
export function samplePages(locale: Locale, data: SampleData = FRIENDLY): Record<string, string> {
  const strings = stringsFor(locale);
  const frame = {
    strings,
    brand: { name: data.brand },
    controller: { name: data.controller, postalAddress: data.postalAddress },
    locales: LOCALES,
  };
  const form = { ...frame, site: 'shop' };
  const link = { ...frame, maskedAddress: data.maskedAddress, scope: 'email:marketing' as ScopeName, list: data.list };
  const request = { ...frame, scopes, receivedAt, requestId } as const;
  const receipt = { ...request, maskedAddress: data.maskedAddress } as const;
  const problem = { message: strings('form.problem.address'), accepted: strings('form.problem.accepted') };
  return {
    form: formPage(form),
    'form-problem': formPage({ ...form, problem, value: data.typed, scopes: 'sms:marketing' }),
    'opted-out': optedOutPage({ ...request, receiptUrl: LINKS.receipt, willMail: true }),
    ...agentPages(frame, data),
    ...erasurePages(frame, data),
    ...preferencePages({ ...request, maskedAddress: data.maskedAddress }, data),
    unsubscribe: unsubscribePage(link),
    unsubscribed: unsubscribedPage({ ...link, moreUrl: LINKS.preferences }),
    'confirm-mailbox': confirmationPage({ ...request, purpose: 'confirm-mailbox' }),
    undo: confirmationPage({ ...request, purpose: 'undo' }),
    'opt-in': confirmationPage({ ...request, purpose: 'opt-in', action: LINKS.confirm }),
    'mailbox-confirmed': confirmedPage({ ...frame, outcome: 'mailbox-confirmed' }),
    'opted-in': confirmedPage({ ...frame, outcome: 'opted-in', scopes }),
    'choice-changed': confirmedPage({ ...frame, outcome: 'choice-changed-meanwhile' }),
    receipt: receiptPage({
      ...receipt,
      state: 'effective',
      confirmedAt: receivedAt,
      receiptMail: 'sent',
      proof: { state: 'sealed', index: 41, sealedAt: receivedAt },
    }),
    'receipt-lifted': receiptPage({
      ...receipt,
      state: 'lifted',
      receiptMail: 'withheld',
      proof: { state: 'not-yet-sealed', minutes: 5 },
    }),
    ropa: ropaPage({ ...frame, writtenIn: 'en', record: sampleRecord(data) }),
    ...complaintPages({ ...request, maskedAddress: data.maskedAddress }, data),
    privacy: privacyPage({ ...frame, settings: sampleSettings(data), schedule: DEFAULT_SCHEDULE, notice: NOTICE }),
    neutral: neutralPage({ ...frame, formUrl: LINKS.form, linkUrl: LINKS.linkForm }),
    problem: problemPage({
      ...frame,
      title: strings('problem.unavailable.title'),
      detail: strings('problem.unavailable.detail'),
      formUrl: LINKS.form,
    }),
  };
}

// Of the default schedule: two classes with and without year's end, several systems and none.
function sampleRecord({ controller: name, postalAddress }: SampleData) {
  const { account, billing, 'consent-record': consent } = DEFAULT_SCHEDULE.classes;
  const classes = Object.fromEntries(
    Object.entries({ account, billing, 'consent-record': consent }).filter((entry) => entry[1] !== undefined),
  ) as typeof DEFAULT_SCHEDULE.classes;
  const controller = { name, postalAddress, contact: 'privacy at meadow.example' };
  return processingRecord({ ...DEFAULT_SCHEDULE, classes }, { controller, dataProtectionOfficer: name });
}

const out = (since: string): Choice => ({ state: 'opted-out', since: new Date(since), requestId, manner: 'form' });
const pausedUntil: Choice = {
  ...out('2026-11-23T07:15:42Z'),
  state: 'paused',
  until: new Date('2026-12-23T07:15:42Z'),
};
const someChoices: Choices = {
  'sms:marketing': out('2026-03-02T09:00:00Z'),
  'email:marketing:brunch': out('2025-12-24T18:00:00Z'),
  'any:sale-share': out('2026-11-01T12:00:00Z'),
};
const everything: Choices = {
  'any:marketing': out('2026-11-23T07:15:42Z'),
  'any:sale-share': out('2026-11-23T07:15:42Z'),
};

function erasurePages(frame: PageFrame, { typed }: SampleData): Record<string, string> {
  const problem = addressProblem(frame, { code: 'email.syntax' });
  const schedule = DEFAULT_SCHEDULE;
  const until = new Date('2034-12-31T23:00:00Z');
  return {
    'erasure-form': erasureFormPage({ ...frame, site: 'shop' }),
    'erasure-form-problem': erasureFormPage({ ...frame, problem, value: typed }),
    'erasure-asked': erasureAskedPage({ ...frame, formUrl: LINKS.form }),
    erasure: erasurePage({ ...frame, receivedAt }),
    erased: erasedPage({
      ...frame,
      schedule,
      outcomes: [
        { class: 'account', outcome: 'erased' },
        { class: 'marketing', outcome: 'erased' },
        { class: 'billing', outcome: 'kept-by-law', until },
        { class: 'consent-record', outcome: 'kept-by-law' },
        { class: 'support', outcome: 'kept-by-hold' },
      ],
    }),
    'erased-all': erasedPage({ ...frame, schedule, outcomes: [{ class: 'account', outcome: 'erased' }] }),
    'erased-nothing': erasedPage({ ...frame, schedule, outcomes: [] }),
  };
}

function agentPages(frame: PageFrame, { typed, brand }: SampleData): Record<string, string> {
  const { strings } = frame;
  const known = { value: typed, agent: { name: brand, email: typed, powerOfAttorney: true } };
  const request = sampleOptOut();
  return {
    'agent-form': agentPage({ ...frame, site: 'shop' }),
    'agent-form-problem': agentPage({ ...frame, ...known, problem: addressProblem(frame, { code: 'email.syntax' }) }),
    'agent-form-file': agentPage({ ...frame, ...known, fileProblem: strings('agent.problem.too-large') }),
    'agent-done': agentDonePage({ ...frame, request, receiptUrl: LINKS.receipt, permission: 'kept' }),
    'agent-done-without': agentDonePage({ ...frame, request, receiptUrl: LINKS.receipt, permission: 'not-kept' }),
  };
}

type PreferenceFrame = PageFrame & {
  maskedAddress: string;
  scopes: readonly ScopeName[];
  requestId: typeof requestId;
  receivedAt: Date;
};

function preferencePages(frame: PreferenceFrame, { typed }: SampleData): Record<string, string> {
  const page = (choices: Choices, canBeMailed = true) =>
    preferencesPage({
      ...frame,
      canBeMailed,
      preferences: preferences(choices, ['weekly-offers', 'new-arrivals'], receivedAt),
      isEverythingStopped: isEverythingStopped(choices, receivedAt),
    });
  const problem = addressProblem(frame, { code: 'email.syntax' });
  const answer = { ...frame, preferencesUrl: LINKS.preferences };
  return {
    'preferences-nothing-chosen': page({}),
    'preferences-some-stopped': page(someChoices),
    'preferences-paused': page({ [pauseName('any:marketing' as ScopeName, 30)]: pausedUntil }),
    'preferences-all-stopped': page(everything),
    'preferences-of-a-phone': page(someChoices, false),
    'preferences-opted-out': optedOutPage({ ...answer, receiptUrl: LINKS.receipt, willMail: true }),
    paused: pausedPage({ ...answer, until: new Date('2026-12-23T07:15:42Z') }),
    'mail-follows': mailFollowsPage(answer),
    'nothing-ticked': nothingChosenPage(answer),
    'link-form': preferencesLinkPage({ ...frame, site: 'shop' }),
    'link-form-problem': preferencesLinkPage({ ...frame, problem, value: typed }),
    'link-ordered': linkOrderedPage({ ...frame, formUrl: LINKS.form }),
  };
}

function complaintPages(frame: PreferenceFrame, { typed, maskedAddress }: SampleData): Record<string, string> {
  const { strings } = frame;
  const kept = { value: typed, text: typed, reference: maskedAddress };
  return {
    complaint: complaintPage({ ...frame, site: 'shop' }),
    'complaint-address-problem': complaintPage({
      ...frame,
      ...kept,
      problem: addressProblem(frame, { code: 'email.syntax' }),
    }),
    'complaint-text-problem': complaintPage({ ...frame, ...kept, textProblem: strings('complaint.problem.long') }),
    complained: complaintReceivedPage({ ...frame, answerBy: '2026-12-23' as Day, willMail: true }),
  };
}

/** The receipt mail of the same request. */
export function sampleMail(locale: Locale, data: SampleData = FRIENDLY, more: Partial<ReceiptMail> = {}) {
  return receiptMail({
    strings: stringsFor(locale),
    controller: { name: data.controller, postalAddress: data.postalAddress },
    brand: { name: data.brand },
    requestId,
    scopes: [...scopes, 'email:marketing:weekly-offers' as ScopeName],
    receivedAt,
    receiptUrl: LINKS.receipt,
    confirmUrl: LINKS.confirm,
    undoUrl: LINKS.undo,
    preferencesUrl: LINKS.preferences,
    ...more,
  });
}

/** The mails by which a link comes. */
export function sampleLinkMails(locale: Locale, data: SampleData = FRIENDLY) {
  const controller = { name: data.controller, postalAddress: data.postalAddress };
  const frame = { strings: stringsFor(locale), controller, brand: { name: data.brand } };
  return {
    preferences: preferencesMail({ ...frame, preferencesUrl: LINKS.preferences }),
    complaint: complaintMail({ ...frame, requestId, receivedAt, answerBy: '2026-12-23' as Day }),
    erasure: erasureMail({ ...frame, receivedAt, erasureUrl: LINKS.erasure }),
    'burst-undone': burstUndoneMail({
      ...frame,
      receivedAt,
      stops: scopes.map((scope) => ({ scope, url: LINKS.unsubscribe })),
    }),
    'opt-in': optInMail({ ...frame, scopes, receivedAt, optInUrl: LINKS.confirm }),
  };
}

const NOTICE = {
  language: 'en',
  lastReviewedAt: '2026-11-26',
  current: { effectiveFrom: '2026-11-26', added: ['Mails that come in are kept for 30 days'], removed: [] },
  earlier: [{ effectiveFrom: '2026-11-23', added: [], removed: [], version: '0123456789ab' }],
};

function sampleSettings({ controller, postalAddress }: SampleData) {
  return { ...testSettings, controller: { name: controller, postalAddress } };
}
