import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { IntakeBucket } from '../../infra/constructs/intake-bucket.ts';
import { OBJECT_CLASSES, type RetentionSchedule } from '../../shared/domain/retention/schedule.ts';
import { INTAKE_PREFIX } from '../../shared/names.ts';
import { filter, only, resources, synthesise, testApp } from './synthesis.ts';

const templateOf = (stage: string) => synthesise({ stage }).dataTemplate;
const dev = templateOf('dev');
const stages = [
  { stage: 'dev', template: dev },
  { stage: 'prod', template: templateOf('prod') },
];

/** The rules of the one bucket that has a rule for inbound mail. */
function rulesOf(template: Template): Record<string, unknown>[] {
  const isIntake = (properties: object) => JSON.stringify(properties).includes('"Prefix":"inbound-mail/"');
  const { Properties } = only(filter(resources(template, 'AWS::S3::Bucket'), isIntake));
  return Properties.LifecycleConfiguration.Rules;
}

/** What a bucket that follows this schedule must say, written without the code that makes it. */
function expectedRules({ objects }: Pick<RetentionSchedule, 'objects'>) {
  return OBJECT_CLASSES.map((name) => ({
    Id: name,
    Prefix: `${name}/`,
    Status: 'Enabled',
    ExpirationInDays: objects[name].days,
    NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  }));
}

const byId = (a: Record<string, unknown>, b: Record<string, unknown>) => (String(a.Id) < String(b.Id) ? -1 : 1);

describe('the intake bucket', () => {
  it('has a folder for each class of objects in the schedule', () => {
    expect(new Set(Object.keys(INTAKE_PREFIX))).toEqual(new Set(OBJECT_CLASSES));
    expect(Object.entries(INTAKE_PREFIX).every(([name, prefix]) => prefix === `${name}/`)).toBe(true);
  });

  it.each(stages)(
    'ends every folder of $stage when the schedule says (S3 follows the schedule)',
    ({ stage, template }) => {
      const { schedule } = readConfig({ stage });
      expect(rulesOf(template).toSorted(byId)).toEqual(expectedRules(schedule).toSorted(byId));
    },
  );

  it('follows a schedule that a stage has changed', () => {
    const { schedule } = readConfig({});
    const { uploads } = schedule.objects;
    const objects = { ...schedule.objects, uploads: { ...uploads, days: 11 } };
    const stack = new Stack(testApp(), 'data');
    new IntakeBucket(stack, 'Intake', { objects });
    const rules = rulesOf(Template.fromStack(stack));
    expect(rules.toSorted(byId)).toEqual(expectedRules({ objects }).toSorted(byId));
    expect(rules.find(({ Id }) => Id === 'uploads')?.ExpirationInDays).toBe(11);
  });

  it('keeps nothing that was deleted or overwritten, and is closed', () => {
    const isIntake = (properties: object) => JSON.stringify(properties).includes('inbound-mail/');
    const { Properties, DeletionPolicy } = only(filter(resources(dev, 'AWS::S3::Bucket'), isIntake));
    expect(Properties.VersioningConfiguration).toBeUndefined();
    expect(
      Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault,
    ).toMatchObject({ SSEAlgorithm: 'aws:kms' });
    expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(DeletionPolicy).toBe('Retain');
  });
});
