import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { LOG_CODE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import { loggedMetric } from './logged-metric.ts';
import type { Operations } from './operations.ts';

export interface OverdueComplaintsProps {
  counter: HeedFunction;
  operations: Operations;
  stage: string;
}

/** Counts each morning what waits past its last day (UK-01), and who hears of it. */
export class OverdueComplaints extends Construct {
  constructor(scope: Construct, id: string, { counter, operations, stage }: OverdueComplaintsProps) {
    super(scope, id);
    new Rule(this, 'Daily', {
      description: 'Counts complaints whose last day has passed (UK-01)',
      schedule: Schedule.cron({ minute: '5', hour: '5' }),
      targets: [new LambdaFunction(counter.lambda, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    const metric = loggedMetric(this, 'Count', {
      source: counter,
      code: LOG_CODE.overdueComplaints,
      stage,
      name: 'OverdueComplaints',
      value: '$.count',
      period: Duration.days(1),
    });
    operations.alarm(this, 'Alarm', {
      severity: 'critical',
      what: 'A complaint waits although the last day of its next step has passed.',
      runbook: 'overdue-complaints',
      metric,
      threshold: 1,
    });
  }
}
