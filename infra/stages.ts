import { LOCALES, type Settings } from '../shared/settings.ts';
import type { StageConfig } from './config.ts';
import type { ScheduleChanges } from './written-schedule.ts';

/** A stage as it is written here; its name is the key. */
type WrittenStage = Omit<StageConfig, 'settings' | 'schedule'> & {
  settings: Omit<Settings, 'stage'>;
  retentionSchedule?: ScheduleChanges;
};

/**
 * What differs between deployments. Everything under example.org and example.com is a placeholder: put your own
 * organisation, domain and sites here before you deploy.
 */
export const stages: Readonly<Record<string, WrittenStage>> = {
  dev: {
    settings: {
      controller: { name: 'Example Shop', postalAddress: ['1 Example Street', '00000 Example City'] },
      sender: { name: 'Example Shop', address: 'privacy@example.com' },
      sites: [
        {
          id: 'shop',
          origin: 'https://shop.example.com',
          brand: 'Example Shop',
          thankYouUrl: 'https://shop.example.com/thank-you',
        },
      ],
      lists: ['weekly-offers'],
      // Also: an accent, `{ light: '#0f5c4a', dark: '#7fd6b8' }`, and a font, `serif`; for the stage, and for each site that differs.
      look: { logo: 'example-shop' },
      locales: [...LOCALES],
      ledger: { maxWaiting: 100, sealEveryMinutes: 5 },
      retention: { requestDays: 760, sweepAfterHours: 24, graceDays: 7 },
    },
    mailDomain: 'example.com',
    auth: { kind: 'cognito', machinesAreStaff: true },
    // One day, and liftable: a developer's stack can be taken down again, once its bucket's policy is.
    auditLock: { mode: 'governance', days: 1 },
    ledger: { signing: 'ecdsa-p256' },
    statements: {
      gpcStatedOn: '2026-11-26',
      securityContact: 'mailto:security@example.com',
      notice: {
        language: 'en',
        lastReviewedAt: '2026-11-26',
        current: { effectiveFrom: '2026-11-26', added: [], removed: [] },
        earlier: [],
      },
    },
    logRetentionDays: 14,
  },
  prod: {
    settings: {
      controller: {
        name: 'REPLACE: name of the controller',
        postalAddress: ['REPLACE: street', 'REPLACE: postal code and city'],
      },
      sender: { name: 'REPLACE: name of the sender', address: 'privacy@replace.example.org' },
      // Needs an MX record to SES in a Region where SES receives, and its rule set made active once. Leave it out to take no mails in.
      inboundMail: { address: 'optout@replace.example.org' },
      sites: [{ id: 'main', origin: 'https://www.replace.example.org', brand: 'REPLACE: brand' }],
      lists: [],
      locales: [...LOCALES],
      ledger: { maxWaiting: 5000, sealEveryMinutes: 5 },
      // 24 months and a margin (CC-25); the sweeper comes a day after an item's end (DD-01).
      retention: { requestDays: 790, sweepAfterHours: 24, graceDays: 7 },
    },
    mailDomain: 'replace.example.org',
    auth: { kind: 'cognito' },
    // Longer than the requests themselves, so that their deletion is proven, too. Nobody can shorten it afterwards (S3-01).
    auditLock: { mode: 'compliance', days: 1096 },
    // Add `replica` (another account's bucket) and `origin`, if the ledger shall have a name of its own, before the first seal.
    ledger: { signing: 'ecdsa-p256' },
    statements: {
      gpcStatedOn: '2026-11-26',
      securityContact: 'https://www.replace.example.org/security',
      // Read the page at /privacy whole before you deploy, and at least once a year (CC-28). When its version has changed, put the old one,
      // with its dates, at the head of `earlier`, and what is new into `current`.
      notice: {
        language: 'en',
        lastReviewedAt: '2026-11-26',
        current: { effectiveFrom: '2026-11-26', added: [], removed: [] },
        earlier: [],
      },
    },
    logRetentionDays: 90,
  },
};
