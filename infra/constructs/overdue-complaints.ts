import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_CODE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
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
    const counted = new MetricFilter(this, 'Count', {
      metricNamespace: `Heed/${stage}`,
      metricName: 'OverdueComplaints',
      metricValue: '$.count',
      logGroup: counter.log,
      filterPattern: FilterPattern.stringValue('$.code', '=', LOG_CODE.overdueComplaints),
    });
    operations.alarm(this, 'Alarm', {
      severity: 'critical',
      what: 'A complaint waits although the last day of its next step has passed.',
      runbook: 'overdue-complaints',
      metric: counted.metric({ period: Duration.days(1), statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
