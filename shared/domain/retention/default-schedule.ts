import type { RetentionSchedule } from './schedule.ts';

/**
 * What a stage begins with; it overrides what its law or its business needs otherwise (`retentionSchedule` in `infra/stages.ts`). Engineering
 * defaults, not legal advice: periods are those that German and Irish traders commonly state, and none of them fits everybody.
 */
export const DEFAULT_SCHEDULE: RetentionSchedule = {
  date: '2026-11-26',
  timeZone: 'Europe/Berlin',
  classes: {
    account: {
      data: 'Name, contact details, settings and credentials of the account',
      purpose: 'To run the account and to answer questions shortly after it has ended',
      basis: {
        article: 'GDPR Art. 6(1)(b)',
        reason: 'Performance of the contract and its winding up',
        isStatutoryDuty: false,
      },
      trigger: 'cancellation',
      period: 'P30D',
      method: 'delete',
      systems: ['crm'],
    },
    billing: {
      data: 'Invoices, payments and the addresses that stand on them',
      purpose: 'Bookkeeping and taxes',
      basis: {
        article: 'GDPR Art. 6(1)(c)',
        reason: 'Commercial and tax law: vouchers are kept for eight years after the end of their year',
        isStatutoryDuty: true,
      },
      trigger: 'contract-end',
      period: 'P8Y',
      countedFrom: 'year-end',
      method: 'delete',
      systems: ['erp'],
    },
    support: {
      data: 'Questions, complaints and our answers',
      purpose: 'To defend or bring claims until they are barred',
      basis: {
        article: 'GDPR Art. 6(1)(f)',
        reason: 'Establishment, exercise or defence of legal claims',
        isStatutoryDuty: false,
      },
      trigger: 'last-contact',
      period: 'P3Y',
      countedFrom: 'year-end',
      method: 'anonymise',
      systems: ['helpdesk'],
    },
    marketing: {
      data: 'Interests, segments and the history of marketing messages',
      purpose: 'Marketing, while the customer is one and has not objected',
      basis: {
        article: 'GDPR Art. 6(1)(f)',
        reason: 'Direct marketing to existing customers',
        isStatutoryDuty: false,
      },
      trigger: 'cancellation',
      period: 'P1M',
      method: 'delete',
      systems: ['crm', 'mail-platform'],
    },
    'consent-record': {
      data: 'Which consent was given and withdrawn, when and how',
      purpose: 'To prove that consent was there (GDPR Art. 7(1))',
      basis: {
        article: 'GDPR Art. 6(1)(c)',
        reason: 'Accountability: the controller must be able to show consent until claims are barred',
        isStatutoryDuty: true,
      },
      trigger: 'cancellation',
      period: 'P3Y',
      countedFrom: 'year-end',
      method: 'delete',
      systems: [],
    },
  },
  objects: {
    'inbound-mail': {
      data: 'Mails to the opt-out address as they came',
      purpose: 'To act on what they ask, and to look again when a person must decide',
      basis: { article: 'GDPR Art. 6(1)(c)', reason: 'Facilitating the exercise of rights', isStatutoryDuty: false },
      days: 90,
    },
    uploads: {
      data: 'Signed permissions of authorised agents and other evidence of a request',
      purpose: 'To show that a request was rightly honoured or denied',
      basis: { article: 'GDPR Art. 6(1)(c)', reason: 'Records of requests (11 CCR 7101)', isStatutoryDuty: true },
      days: 760,
    },
    exports: {
      data: 'Files that were made for a recipient to fetch',
      purpose: 'To hand data over',
      basis: { article: 'GDPR Art. 6(1)(c)', reason: 'Answering requests', isStatutoryDuty: false },
      days: 7,
    },
  },
};
