import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LOG_CODE } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import { loggedMetric } from './logged-metric.ts';
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
    const metric = loggedMetric(this, 'Count', {
      source: counter,
      code: LOG_CODE.openBursts,
      stage,
      name: 'OpenBursts',
      value: '$.count',
      period: Duration.days(1),
    });
    operations.alarm(this, 'Alarm', {
      severity: 'warning',
      what: 'A program seems to have pressed the buttons of many people.',
      runbook: 'open-bursts',
      metric,
      threshold: 1,
    });
  }
}
