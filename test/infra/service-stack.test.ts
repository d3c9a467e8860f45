import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LedgerRolledBack } from '../../functions/seal-ledger/seal-ledger.ts';
import { readConfig } from '../../infra/config.ts';
import { routes } from '../../infra/routes.ts';
import { noticeVersion } from '../../shared/i18n/notice-version.ts';
import { ENV, EVENT_SOURCE, INBOUND_PREFIX, OUTPUT, SEAL_DUE } from '../../shared/names.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { filter, functionOf, only, resources, synthesise } from './synthesis.ts';

const { data, service, serviceTemplate, dataTemplate } = synthesise();
const functions = Object.entries(resources(serviceTemplate, 'AWS::Lambda::Function'));
const mappings = resources(serviceTemplate, 'AWS::Lambda::EventSourceMapping');
const mappingsOf = (capability: string) =>
  filter(mappings, ({ FunctionName }) => FunctionName.Ref === functionOf(serviceTemplate, capability));
const mappingOf = (capability: string) => only(mappingsOf(capability)).Properties;
const HOURS = 3600;

describe('every function', () => {
  it.each(functions)(
    '%s runs on nodejs24.x and arm64, without tracing or reserved concurrency',
    (_, { Properties }) => {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties.TracingConfig).toBeUndefined();
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    },
  );

  it.each(functions)('%s has an encrypted log of its own that ends', (_, { Properties }) => {
    const log = resources(serviceTemplate, 'AWS::Logs::LogGroup')[Properties.LoggingConfig.LogGroup.Ref];
    expect(log?.Properties).toMatchObject({ RetentionInDays: 14, KmsKeyId: expect.anything() });
  });

  it.each(functions)('%s gets the settings and no secret', (_, { Properties }) => {
    const { [ENV.settings]: settings, ...others } = Properties.Environment.Variables;
    expect(settingsSchema.parse(JSON.parse(settings)).stage).toBe('dev');
    expect(JSON.stringify(others)).not.toMatch(/resolve:secretsmanager|SecretString/);
  });

  it.each(functions)('%s knows the version of the notice that the stage shows (CC-28)', (_, { Properties }) => {
    expect(Properties.Environment.Variables[ENV.noticeVersion]).toBe(noticeVersion(readConfig({})));
  });

  it('that answers HTTP ends before API Gateway gives up', () => {
    for (const capability of new Set(routes.map((route) => route.capability))) {
      const found = resources(serviceTemplate, 'AWS::Lambda::Function')[functionOf(serviceTemplate, capability)];
      expect(found?.Properties.Timeout).toBeLessThan(29);
    }
  });
});

describe.each(['Registry', 'Contacts'])('the stream of %s', (table) => {
  const consumers = Object.values(
    filter(mappings, ({ EventSourceArn }) =>
      new RegExp(`${table}Table\\w+StreamArn`).test(JSON.stringify(EventSourceArn)),
    ),
  );
  const feedOf = (capability: string) =>
    only(Object.fromEntries(Object.entries(mappingsOf(capability)).filter(([id]) => id.includes(`Stream${table}Feed`))))
      .Properties;

  it('has two readers, the most that DynamoDB serves (DD-06)', () => expect(consumers).toHaveLength(2));

  it.each(['append-ledger', 'dispatch'])('is read by %s within bounds (LA-01)', (capability) => {
    expect(feedOf(capability)).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^StreamFailures/), 'Arn'] } },
      },
    });
    expect(feedOf(capability).MaximumRetryAttempts).toBeLessThanOrEqual(10);
    expect(feedOf(capability).MaximumRecordAgeInSeconds).toBeLessThan(24 * HOURS);
  });

  it.each(['append-ledger', 'dispatch'])('brings a failing batch to %s again in halves', (capability) => {
    expect(feedOf(capability).BisectBatchOnFunctionError).toBe(true);
  });

  it('comes to the ledger a thousand changes at a time, one batch of a shard after the other', () => {
    expect(feedOf('append-ledger')).toMatchObject({
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 5,
      ParallelizationFactor: 1,
    });
  });
});

function queueOf(capability: string) {
  const [id] = mappingOf(capability).EventSourceArn['Fn::GetAtt'];
  return resources(serviceTemplate, 'AWS::SQS::Queue')[id]?.Properties;
}

describe('the mail queue', () => {
  const queues = resources(serviceTemplate, 'AWS::SQS::Queue');
  const mail = queueOf('send-mail');

  it('gives up on a message after five tries, into a queue that keeps it', () => {
    expect(mail.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    const deadLetters = queues[mail.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]];
    expect(deadLetters?.Properties.MessageRetentionPeriod).toBe(14 * 24 * HOURS);
  });

  it('hides a message six times as long as its worker may take', () => {
    const worker = resources(serviceTemplate, 'AWS::Lambda::Function')[functionOf(serviceTemplate, 'send-mail')];
    expect(mail.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker?.Properties.Timeout);
  });

  it('reports single failures of a batch', () => {
    expect(mappingOf('send-mail').FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('is encrypted and TLS only, as are all queues', () => {
    for (const { Properties } of Object.values(queues)) expect(Properties.SqsManagedSseEnabled).toBe(true);
    const refusals = JSON.stringify(resources(serviceTemplate, 'AWS::SQS::QueuePolicy')).match(
      /"aws:SecureTransport":"false"/g,
    );
    expect(refusals).toHaveLength(Object.keys(queues).length);
  });
});

describe('the mail', () => {
  it('leaves by TLS, without tracking of opens and clicks (SE-10)', () => {
    const { Properties } = only(resources(serviceTemplate, 'AWS::SES::ConfigurationSet'));
    expect(Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
    expect(Properties.TrackingOptions).toBeUndefined();
  });

  it('tells the bus of the account what became of it, and nothing of who opened it (SE-05, SE-10)', () => {
    const { Properties } = only(resources(serviceTemplate, 'AWS::SES::ConfigurationSetEventDestination'));
    expect(Properties.EventDestination).toMatchObject({
      Enabled: true,
      MatchingEventTypes: ['DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'],
      EventBridgeDestination: { EventBusArn: { 'Fn::Join': ['', expect.arrayContaining([':event-bus/default'])] } },
    });
  });

  it('is signed for its domain, whose bounces come to a name of its own', () => {
    expect(only(resources(serviceTemplate, 'AWS::SES::EmailIdentity')).Properties).toMatchObject({
      EmailIdentity: 'example.com',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      MailFromAttributes: { MailFromDomain: 'bounce.example.com' },
    });
  });
});

const rules = resources(serviceTemplate, 'AWS::Events::Rule');
const calls = (capability: string) =>
  filter(rules, ({ Targets }) => Targets[0].Arn['Fn::GetAtt'][0] === functionOf(serviceTemplate, capability));

describe('feedback on mails', () => {
  it('goes from the bus of the account to its function at once: no queue keeps the addresses in it', () => {
    const { Properties } = only(calls('on-mail-reported'));
    expect(Properties.EventBusName).toBeUndefined();
    expect(Properties.EventPattern).toEqual({
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [{ Ref: expect.stringMatching(/^MailSender/) }] } } },
    });
    expect(Properties.Targets).toHaveLength(1);
    expect(Properties.Targets[0].DeadLetterConfig).toBeUndefined();
  });

  it("is made whole every hour from SES's own list", () => {
    expect(only(calls('reconcile-suppression-list')).Properties.ScheduleExpression).toBe('rate(1 hour)');
  });
});

describe('mails that come in', () => {
  it('are told of by the bus of the account, by the key of each in the inbound folder', () => {
    const rule = only(filter(rules, ({ EventPattern }) => EventPattern?.source?.[0] === 'aws.s3')).Properties;
    expect(rule.EventPattern).toMatchObject({
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: INBOUND_PREFIX }] } },
    });
    const [queueId] = mappingOf('on-mail-received').EventSourceArn['Fn::GetAtt'];
    expect(rule.Targets).toMatchObject([{ Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } }]);
  });

  it('come one at a time, five times at most, and what fails is kept', () => {
    expect(mappingOf('on-mail-received')).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(queueOf('on-mail-received').RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  it('ring when one waits for an hour (CC-03)', () => {
    expect(alarmOf('ApproximateAgeOfOldestMessage')).toMatchObject({ Threshold: HOURS });
  });

  it('get their receipt rule in a stack of its own, and only where the stage has an address for them', () => {
    expect(synthesise().inbound).toBeUndefined();
    const { inbound } = synthesise({ stage: 'prod' });
    if (inbound === undefined) throw new Error('prod takes no mails in');
    const { Rule } = only(resources(Template.fromStack(inbound), 'AWS::SES::ReceiptRule')).Properties;
    expect(Rule).toMatchObject({
      Enabled: true,
      ScanEnabled: true,
      TlsPolicy: 'Optional',
      Recipients: ['optout@replace.example.org'],
      Actions: [{ S3Action: { ObjectKeyPrefix: INBOUND_PREFIX } }],
    });
    expect(Rule.Actions).toHaveLength(1);
    for (const template of [serviceTemplate, dataTemplate]) template.resourceCountIs('AWS::SES::ReceiptRule', 0);
  });
});

describe('news of customers', () => {
  const rule = only(filter(rules, ({ EventPattern }) => EventPattern?.['detail-type']?.includes('customer.cancelled')));

  it("come by Heed's own bus, from anybody but Heed itself", () => {
    expect(rule.Properties.EventPattern).toEqual({
      source: [{ 'anything-but': [EVENT_SOURCE] }],
      'detail-type': ['customer.cancelled', 'customer.reactivated', 'contact.class.acknowledged'],
    });
    expect(rule.Properties.EventBusName).toEqual({ Ref: expect.stringMatching(/^EventBus/) });
  });

  it('wait in a queue that gives up after five tries, into one that keeps them and rings', () => {
    const [id] = mappingOf('on-customer-changed').EventSourceArn['Fn::GetAtt'];
    expect(rule.Properties.Targets.map(({ Arn }: { Arn: unknown }) => Arn)).toEqual([{ 'Fn::GetAtt': [id, 'Arn'] }]);
    const queue = queueOf('on-customer-changed');
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(mappingOf('on-customer-changed').FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const deadLetters = queue.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0];
    expect(JSON.stringify(resources(serviceTemplate, 'AWS::CloudWatch::Alarm'))).toContain(deadLetters);
  });
});

describe('the sweeper', () => {
  it('comes every hour', () => {
    expect(only(calls('sweep-expired')).Properties.ScheduleExpression).toBe('rate(1 hour)');
  });
});

describe('the sealer', () => {
  const [scheduled, asked, ...others] = Object.values(calls('seal-ledger')).map(({ Properties }) => Properties);

  it('comes every five minutes', () => {
    expect(scheduled).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    expect(scheduled.EventBusName).toBeUndefined();
  });

  it("comes when the ledger's writer asks for it, on Heed's bus only", () => {
    expect(asked).toMatchObject({
      EventPattern: { source: [EVENT_SOURCE], 'detail-type': [SEAL_DUE] },
      EventBusName: { Ref: expect.stringMatching(/^EventBus/) },
    });
    expect(others).toEqual([]);
  });

  it('knows ledger, bucket, key and the name under which it signs', () => {
    const found = resources(serviceTemplate, 'AWS::Lambda::Function')[functionOf(serviceTemplate, 'seal-ledger')];
    const { Variables } = found?.Properties.Environment ?? {};
    expect(Object.keys(Variables)).toEqual(
      expect.arrayContaining([ENV.ledgerTable, ENV.auditBucket, ENV.signingKey, ENV.ledgerOrigin]),
    );
    expect(Variables[ENV.ledgerOrigin]).toBe('example.com/heed/dev');
  });

  it('is missed after a quarter of an hour', () => {
    expect(alarmOf('Invocations', 'sealing-stopped')).toMatchObject({
      Period: 900,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('rings when it refuses a head that was rolled back', () => {
    const { name } = new LedgerRolledBack('');
    const { MetricTransformations } = metricFilterOf(`{ $.error.name = "${name}" }`);
    const [{ MetricName, MetricNamespace }] = MetricTransformations;
    expect(alarmOf(MetricName)).toMatchObject({ Namespace: MetricNamespace, Threshold: 1 });
  });
});

describe('the sweep', () => {
  it('is missed after three hours', () => {
    expect(alarmOf('Invocations', 'deletions-overdue')).toMatchObject({
      Period: 3 * HOURS,
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    // 24 hours for TTL, and two for an hourly sweeper (DD-01).
    ['sweep.overdue', '$.seconds', 26 * HOURS],
    ['sweep.unacknowledged', '$.count', 1],
  ])('rings for what it logs as %s', (code, MetricValue, Threshold) => {
    const { MetricTransformations } = metricFilterOf(`{ $.code = "${code}" }`);
    const [transformation] = MetricTransformations;
    expect(transformation).toMatchObject({ MetricValue });
    const { MetricName, MetricNamespace: Namespace } = transformation;
    expect(alarmOf(MetricName)).toMatchObject({ Namespace, Threshold, Statistic: 'Maximum' });
  });
});

function metricFilterOf(pattern: string) {
  const filters = resources(serviceTemplate, 'AWS::Logs::MetricFilter');
  return only(filter(filters, ({ FilterPattern }) => FilterPattern === pattern)).Properties;
}

function alarmOf(metric: string, runbook = '') {
  const alarms = resources(serviceTemplate, 'AWS::CloudWatch::Alarm');
  const isMeant = ({ MetricName, AlarmDescription = '' }: Record<string, string>) =>
    MetricName === metric && AlarmDescription.endsWith(runbook);
  return only(filter(alarms, isMeant)).Properties;
}

describe('the alarms', () => {
  const alarms = Object.entries(resources(serviceTemplate, 'AWS::CloudWatch::Alarm'));
  const headings = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8').matchAll(/^## (.+)$/gm);
  const anchors = [...headings].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'));
  const anchorOf = (description: string) => description.match(/docs\/runbook\.md#([a-z-]+)$/)?.[1];

  it('are one per function, queue of failures and stream consumer, and one each for the API, late mails, silence, rollback, overdue complaints and open bursts, and three for the sweep', () => {
    expect(alarms).toHaveLength(functions.length + 4 + 2 + 6 + 3);
  });

  it.each(alarms)('%s rings the topic and names its heading in the runbook', (_, { Properties }) => {
    expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^OperationsAlarms/) }]);
    expect(anchors).toContain(anchorOf(Properties.AlarmDescription));
    expect(Properties.Metrics, 'metric math does not deploy locally').toBeUndefined();
  });

  it('use every heading of the runbook', () => {
    const { serviceTemplate: withTexts } = synthesise({ textNumber: '+12025550100' });
    const all = Object.values(resources(withTexts, 'AWS::CloudWatch::Alarm'));
    const used = all.map(({ Properties }) => anchorOf(Properties.AlarmDescription));
    expect(new Set(used)).toEqual(new Set(anchors));
  });

  it('ring when a consumer is 12 hours behind (DD-06), and at the first dead letter (LA-03)', () => {
    const thresholds = (metric: string) =>
      alarms.flatMap(([, { Properties }]) => (Properties.MetricName === metric ? [Properties.Threshold] : []));
    expect(thresholds('IteratorAge')).toEqual([12 * HOURS * 1000, 12 * HOURS * 1000]);
    expect(thresholds('ApproximateNumberOfMessagesVisible')).toEqual([1, 1, 1, 1]);
  });
});

describe('the stacks', () => {
  it('have every output that tools and tests read', () => {
    const found = [...Object.keys(serviceTemplate.findOutputs('*')), ...Object.keys(dataTemplate.findOutputs('*'))];
    expect(found).toEqual(expect.arrayContaining(Object.values(OUTPUT)));
  });

  it('name their stage', () => {
    expect([data.stackName, service.stackName]).toEqual(['heed-dev-data', 'heed-dev-service']);
  });

  it('put a configured public URL into the functions that build links', () => {
    const { serviceTemplate: local } = synthesise({ publicUrl: 'http://localhost:8080' });
    const submit = resources(local, 'AWS::Lambda::Function')[functionOf(local, 'submit-opt-out')];
    expect(submit?.Properties.Environment.Variables[ENV.publicUrl]).toBe('http://localhost:8080');
  });
});
