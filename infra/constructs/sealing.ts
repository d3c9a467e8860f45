import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EVENT_SOURCE, SEAL_DUE } from '../../shared/names.ts';
import type { EventBus } from './event-bus.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';

export interface SealingProps {
  sealer: HeedFunction;
  bus: EventBus;
  operations: Operations;
  stage: string;
  /** Whole minutes between scheduled seals. */
  everyMinutes: number;
}

/** Name of the error by which the sealer refuses a head that lies behind what was sealed; it stands in its log. */
const ROLLED_BACK = 'LedgerRolledBack';
/** Three seals missed, and a quarter of an hour at least: one late start is no alarm. */
const MISSED_SEALS = 3;
const SHORTEST_SILENCE_MINUTES = 15;

/** When the ledger is sealed (on a schedule, and as soon as many records wait), and who hears of it when it is not. */
export class Sealing extends Construct {
  constructor(scope: Construct, id: string, props: SealingProps) {
    super(scope, id);
    this.#schedule(props);
    this.#alarmOnSilence(props);
    this.#alarmOnRollback(props);
  }

  #schedule({ sealer, bus, everyMinutes }: SealingProps): void {
    // The next schedule comes soon, and sealing twice changes nothing: an event that waits longer is of no use.
    const target = () =>
      new LambdaFunction(sealer.lambda, { retryAttempts: 2, maxEventAge: Duration.minutes(everyMinutes) });
    new Rule(this, 'Schedule', {
      description: 'Seals the ledger',
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [target()],
    });
    new Rule(this, 'Due', {
      description: 'Seals the ledger when many records wait',
      eventBus: bus.bus,
      eventPattern: { source: [EVENT_SOURCE], detailType: [SEAL_DUE] },
      targets: [target()],
    });
  }

  #alarmOnSilence({ sealer, operations, everyMinutes }: SealingProps): void {
    const period = Duration.minutes(Math.max(MISSED_SEALS * everyMinutes, SHORTEST_SILENCE_MINUTES));
    operations.alarm(this, 'Silence', {
      severity: 'critical',
      what: 'Nobody tries to seal the ledger any more: new records stay without proof.',
      runbook: 'sealing-stopped',
      metric: sealer.lambda.metricInvocations({ period, statistic: 'Sum' }),
      threshold: 1,
      isFloor: true,
    });
  }

  #alarmOnRollback({ sealer, operations, stage }: SealingProps): void {
    const refusals = new MetricFilter(this, 'RolledBack', {
      metricNamespace: `Heed/${stage}`,
      metricName: ROLLED_BACK,
      logGroup: sealer.log,
      filterPattern: FilterPattern.stringValue('$.error.name', '=', ROLLED_BACK),
    });
    operations.alarm(this, 'RolledBackAlarm', {
      severity: 'critical',
      what: "The ledger's head lies behind a checkpoint that was sealed, or tells another history.",
      runbook: 'ledger-rolled-back',
      metric: refusals.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }
}
