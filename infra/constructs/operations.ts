import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** A condition that a person must look at. */
export interface Incident {
  /** `critical`: an opt-out, its proof or the service is at stake. `warning`: somebody looks during the day. */
  severity: 'critical' | 'warning';
  /** What holds while the alarm is on, for the person who reads the notification. */
  what: string;
  /** Anchor of the heading in docs/runbook.md. */
  runbook: string;
  metric: Metric;
  /** The alarm is on while the metric is at or above this. */
  threshold: number;
  /** Turned round: the alarm is on while the metric is below the threshold, or does not come at all. */
  isFloor?: boolean;
}

/** Where everything reports to: encrypted log groups with an end, and one topic for all alarms. */
export class Operations extends Construct {
  readonly topic: Topic;
  readonly #key: Key;
  readonly #logRetentionDays: RetentionDays;

  constructor(scope: Construct, id: string, props: { logRetentionDays: number }) {
    super(scope, id);
    this.#logRetentionDays = props.logRetentionDays;
    this.#key = this.#makeKey();
    this.topic = new Topic(this, 'Alarms', { masterKey: this.#key, enforceSSL: true });
  }

  /** A log group of its own for one writer. Its end is the end of what was logged. */
  logGroup(scope: Construct, id: string): LogGroup {
    return new LogGroup(scope, id, {
      encryptionKey: this.#key,
      retention: this.#logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Registers an alarm. One metric each: metric math would not deploy on the local AWS. */
  alarm(
    scope: Construct,
    id: string,
    { severity, what, runbook, metric, threshold, isFloor = false }: Incident,
  ): Alarm {
    const alarm = metric.createAlarm(scope, id, {
      alarmDescription: `[${severity}] ${what} See docs/runbook.md#${runbook}`,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: isFloor
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: isFloor ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  #makeKey(): Key {
    const { region, account, partition } = Stack.of(this);
    const key = new Key(this, 'Key', {
      description: 'Logs and alarms of Heed',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(30),
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
        },
      }),
    );
    // Without it an alarm goes off and nobody hears it: CloudWatch may not publish to an encrypted topic by default.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    return key;
  }
}
