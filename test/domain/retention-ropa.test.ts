import { describe, expect, it } from 'vitest';
import { DEFAULT_SCHEDULE } from '../../shared/domain/retention/default-schedule.ts';
import { processingRecord } from '../../shared/domain/retention/ropa.ts';
import { OBJECT_CLASSES, scheduleVersion } from '../../shared/domain/retention/schedule.ts';

const controller = { name: 'Shop', postalAddress: ['1 High Street'], contact: 'privacy@shop.example' };
const record = processingRecord(DEFAULT_SCHEDULE, { controller });
const activity = (name: string) => record.activities.find((one) => one.name === name);

describe('the record of processing activities (GD-08)', () => {
  it('has an activity for every class and every folder of the schedule, and for nothing else', () => {
    const wanted = [...Object.keys(DEFAULT_SCHEDULE.classes), ...OBJECT_CLASSES];
    expect(record.activities.map(({ name }) => name)).toEqual(wanted);
    expect(record.version).toBe(scheduleVersion(DEFAULT_SCHEDULE));
  });

  it('says of each what Art. 30(1) (b) to (d) and (f) ask', () => {
    for (const { purpose, basis, subjects, data, timeLimit } of record.activities) {
      for (const text of [purpose, basis.article, basis.reason, subjects, data]) expect(text).toMatch(/\S/);
      expect(timeLimit.period).toMatch(/^P/);
    }
  });

  it('takes end, basis and recipients as the schedule writes them', () => {
    expect(activity('billing')).toMatchObject({
      basis: { article: 'GDPR Art. 6(1)(c)', isStatutoryDuty: true },
      recipients: ['erp'],
      timeLimit: { period: 'P8Y', from: 'contract-end', countedFrom: 'year-end' },
      method: 'delete',
    });
    expect(activity('support')?.method).toBe('anonymise');
    expect(activity('account')?.timeLimit).toEqual({ period: 'P30D', from: 'cancellation', countedFrom: 'trigger' });
  });

  it('ends files by whole days after they came in, as S3 counts', () => {
    expect(activity('uploads')?.timeLimit).toEqual({ period: 'P760D', from: 'creation', countedFrom: 'trigger' });
  });

  it('shows what nobody has stated as a gap (a), and no transfer as none (e)', () => {
    expect(record).toMatchObject({ controller, representative: null, dataProtectionOfficer: null, transfers: [] });
    const told = { controller, representative: 'R', dataProtectionOfficer: 'D', transfers: ['Switzerland: adequacy'] };
    expect(processingRecord(DEFAULT_SCHEDULE, told)).toMatchObject(told);
  });

  it('describes security (g)', () => expect(record.security.length).toBeGreaterThan(3));
});
