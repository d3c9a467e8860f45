import { Duration } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_CODE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';

export interface OpenBurstsProps {
  /** Counts them among other things, each morning. */
  counter: HeedFunction;
  operations: Operations;
  stage: string;
}

/** Who hears of buttons that a program seems to have pressed. */
export class OpenBursts extends Construct {
  constructor(scope: Construct, id: string, { counter, operations, stage }: OpenBurstsProps) {
    super(scope, id);
    const counted = new MetricFilter(this, 'Count', {
      metricNamespace: `Heed/${stage}`,
      metricName: 'OpenBursts',
      metricValue: '$.count',
      logGroup: counter.log,
      filterPattern: FilterPattern.stringValue('$.code', '=', LOG_CODE.openBursts),
    });
    operations.alarm(this, 'Alarm', {
      severity: 'warning',
      what: 'A program seems to have pressed the buttons of many people.',
      runbook: 'open-bursts',
      metric: counted.metric({ period: Duration.days(1), statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
