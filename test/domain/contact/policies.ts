import type { RetentionClass, RetentionSchedule } from '../../../shared/domain/retention/schedule.ts';
import type { PlainPolicy } from './oracle.ts';

export const ZONE = 'Europe/Berlin';
export const CLASSES = ['account', 'billing', 'support'] as const;

/** Three policies, each longer here and shorter there than the others. */
export const POLICIES: readonly PlainPolicy[] = [
  {
    account: { trigger: 'cancellation', period: { days: 30 }, isStatutory: false },
    billing: { trigger: 'contract-end', period: { years: 1, fromYearEnd: true }, isStatutory: true },
    support: { trigger: 'last-contact', period: { months: 1 }, isStatutory: false },
  },
  {
    account: { trigger: 'cancellation', period: { seconds: 5 }, isStatutory: false },
    billing: { trigger: 'contract-end', period: { months: 3 }, isStatutory: true },
    support: { trigger: 'cancellation', period: { months: 6 }, isStatutory: false },
  },
  {
    account: { trigger: 'contract-end', period: { months: 2 }, isStatutory: true },
    billing: { trigger: 'cancellation', period: { years: 2 }, isStatutory: true },
    support: { trigger: 'last-contact', period: { days: 3 }, isStatutory: false },
  },
];

function written(policy: PlainPolicy, index: number): RetentionSchedule {
  const classes = Object.entries(policy).map(([name, { trigger, period, isStatutory }]): [string, RetentionClass] => {
    const { years = 0, months = 0, days = 0, seconds = 0, fromYearEnd = false } = period;
    return [
      name,
      {
        ...{ data: name, purpose: name, basis: { article: 'a', reason: 'r', isStatutoryDuty: isStatutory } },
        ...{ trigger, period: `P${years}Y${months}M${days}DT${seconds}S`, method: 'delete', systems: [] },
        countedFrom: fromYearEnd ? 'year-end' : 'trigger',
      },
    ];
  });
  const objects = {} as RetentionSchedule['objects'];
  return { date: `2026-01-0${index + 1}`, timeZone: ZONE, classes: Object.fromEntries(classes), objects };
}
export const SCHEDULES = POLICIES.map(written);
