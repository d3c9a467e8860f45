import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { processingRecord } from '../../shared/domain/retention/ropa.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import type { Locale } from '../../shared/settings.ts';
import { confirmationPage } from '../../shared/views/confirmation-page.ts';
import { confirmedPage } from '../../shared/views/confirmed-page.ts';
import { formPage } from '../../shared/views/form-page.ts';
import { neutralPage } from '../../shared/views/neutral-page.ts';
import { optedOutPage } from '../../shared/views/opted-out-page.ts';
import { problemPage } from '../../shared/views/problem-page.ts';
import { type ReceiptMail, receiptMail } from '../../shared/views/receipt-mail.ts';
import { receiptPage } from '../../shared/views/receipt-page.ts';
import { ropaPage } from '../../shared/views/ropa-page.ts';
import { unsubscribedPage, unsubscribePage } from '../../shared/views/unsubscribe-page.ts';

export const LOCALES = ['en', 'de', 'fr', 'es'] as const satisfies readonly Locale[];

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
  form: 'https://optout.example/',
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
  };
  const form = { ...frame, locales: LOCALES, site: 'shop' };
  const link = { ...frame, maskedAddress: data.maskedAddress, scope: 'email:marketing' as ScopeName, list: data.list };
  const request = { ...frame, scopes, receivedAt, requestId } as const;
  const receipt = { ...request, maskedAddress: data.maskedAddress } as const;
  const problem = { message: strings('form.problem.address'), accepted: strings('form.problem.accepted') };
  return {
    form: formPage(form),
    'form-problem': formPage({ ...form, problem, value: data.typed, scopes: 'sms:marketing' }),
    'opted-out': optedOutPage({ ...request, receiptUrl: LINKS.receipt, willMail: true }),
    unsubscribe: unsubscribePage(link),
    unsubscribed: unsubscribedPage({ ...link, formUrl: LINKS.form }),
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
    neutral: neutralPage({ ...frame, formUrl: LINKS.form }),
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
    ...more,
  });
}
