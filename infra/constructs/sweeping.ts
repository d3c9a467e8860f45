import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { LOG_CODE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import { type LoggedMetricProps, loggedMetric } from './logged-metric.ts';
import type { Operations } from './operations.ts';

export interface SweepingProps {
  sweeper: HeedFunction;
  operations: Operations;
  stage: string;
  /** How long TTL may be late before the sweeper deletes. Whole hours. */
  afterHours: number;
}

/** The sweeper comes every hour; twice as long and it came too late. */
const LATE_HOURS = 2;
const SILENT_HOURS = 3;

/** When the sweeper runs, and who hears of it when something stays longer than it may. */
export class Sweeping extends Construct {
  constructor(scope: Construct, id: string, props: SweepingProps) {
    super(scope, id);
    this.#schedule(props);
    this.#alarmOnSilence(props);
    this.#alarmOnOverdue(props);
    this.#alarmOnUnacknowledged(props);
  }

  #schedule({ sweeper }: SweepingProps): void {
    new Rule(this, 'Hourly', {
      description: 'Deletes what TTL has left overdue (DD-01)',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(sweeper.lambda, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
  }

  #alarmOnSilence({ sweeper, operations }: SweepingProps): void {
    operations.alarm(this, 'Silence', {
      severity: 'critical',
      what: 'Nobody deletes what is overdue any more.',
      runbook: 'deletions-overdue',
      metric: sweeper.lambda.metricInvocations({ period: Duration.hours(SILENT_HOURS), statistic: 'Sum' }),
      threshold: 1,
      isFloor: true,
    });
  }

  #alarmOnOverdue({ sweeper, operations, stage, afterHours }: SweepingProps): void {
    operations.alarm(this, 'OverdueAlarm', {
      severity: 'critical',
      what: `Something was kept for more than ${afterHours + LATE_HOURS} hours after its end.`,
      runbook: 'deletions-overdue',
      metric: hourly(this, {
        source: sweeper,
        stage,
        name: 'OverdueSeconds',
        code: LOG_CODE.overdue,
        value: '$.seconds',
      }),
      threshold: (afterHours + LATE_HOURS) * 3600,
    });
  }

  #alarmOnUnacknowledged({ sweeper, operations, stage }: SweepingProps): void {
    operations.alarm(this, 'UnacknowledgedAlarm', {
      severity: 'warning',
      what: 'A system has not said for 48 hours that it followed a deletion.',
      runbook: 'deletions-unacknowledged',
      metric: hourly(this, {
        source: sweeper,
        stage,
        name: 'UnacknowledgedDeletions',
        code: LOG_CODE.unacknowledged,
        value: '$.count',
      }),
      threshold: 1,
    });
  }
}

/** The sweeper's number, as often as it comes. */
function hourly(scope: Construct, props: Omit<LoggedMetricProps, 'period'>): Metric {
  return loggedMetric(scope, props.name, { ...props, period: Duration.hours(1) });
}
