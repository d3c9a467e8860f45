import type { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { HeedFunction } from './heed-function.ts';

export interface LoggedMetricProps {
  /** Whose log lines with this `code` hold the number. */
  source: HeedFunction;
  code: string;
  stage: string;
  name: string;
  /** Where in the line it stands. */
  value: string;
  /** The largest within so long is what counts. */
  period: Duration;
}

/** A number that a function writes to its log, as a metric. */
export function loggedMetric(scope: Construct, id: string, props: LoggedMetricProps): Metric {
  const { source, code, stage, name, value, period } = props;
  const filter = new MetricFilter(scope, id, {
    metricNamespace: `Heed/${stage}`,
    metricName: name,
    metricValue: value,
    logGroup: source.log,
    filterPattern: FilterPattern.stringValue('$.code', '=', code),
  });
  return filter.metric({ period, statistic: 'Maximum' });
}
