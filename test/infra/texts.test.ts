import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { ENV, TEXTS_OUTPUT } from '../../shared/names.ts';
import {
  actionsOf,
  filter,
  functionOf,
  only,
  resources,
  roleOfFunction,
  type Statement,
  statementsOf,
  synthesise,
} from './synthesis.ts';

const { serviceTemplate } = synthesise({ textNumber: '+12025550100' });
const { serviceTemplate: without } = synthesise();
const HOURS = 3600;
const queues = resources(serviceTemplate, 'AWS::SQS::Queue');
const [topicId = '', topic] =
  Object.entries(resources(serviceTemplate, 'AWS::SNS::Topic')).find(([id]) => id.startsWith('IncomingTexts')) ?? [];

function actions(capability: string): string[] {
  return actionsOf(statements(capability)).filter((action) => !action.startsWith('logs:'));
}

function statements(capability: string): Statement[] {
  return statementsOf(serviceTemplate, roleOfFunction(serviceTemplate, functionOf(serviceTemplate, capability)));
}

describe('a stage without numbers', () => {
  it('has nothing of all this', () => {
    const names = Object.values(resources(without, 'AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Description,
    );
    expect(names).not.toContain('Heed: send-text');
    expect(names).not.toContain('Heed: on-text-received');
    const dispatch = resources(without, 'AWS::Lambda::Function')[functionOf(without, 'dispatch')];
    expect(dispatch?.Properties.Environment.Variables).not.toHaveProperty(ENV.textQueueUrl);
    expect(Object.keys(resources(without, 'AWS::SNS::Topic'))).toHaveLength(1);
  });
});

describe('incoming texts', () => {
  it('come to an encrypted topic, from the numbers of this account only, and by TLS', () => {
    expect(topic?.Properties.KmsMasterKeyId).toBeDefined();
    const policies = filter(
      resources(serviceTemplate, 'AWS::SNS::TopicPolicy'),
      ({ Topics }) => Topics[0].Ref === topicId,
    );
    const { Statement: all } = only(policies).Properties.PolicyDocument;
    expect(all).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'sms-voice.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    expect(all).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    expect(Object.keys(serviceTemplate.findOutputs(TEXTS_OUTPUT.topic))).toHaveLength(1);
  });

  it('wait encrypted for a day at most, and what failed five times for two weeks', () => {
    const { Properties } = only(filter(queues, ({ MessageRetentionPeriod }) => MessageRetentionPeriod === 24 * HOURS));
    expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } });
    const failures = queues[Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]];
    expect(failures?.Properties.MessageRetentionPeriod).toBe(14 * 24 * HOURS);
    const { Protocol, Endpoint } = only(resources(serviceTemplate, 'AWS::SNS::Subscription')).Properties;
    expect([Protocol, Endpoint['Fn::GetAtt'][0]]).toEqual(['sqs', expect.stringMatching(/^IncomingTextsQueue/)]);
  });

  it('may be recorded by their function, and nothing more', () => {
    expect(new Set(actions('on-text-received'))).toEqual(
      new Set([
        ...['secretsmanager:GetSecretValue', 'kms:Decrypt', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      ]),
    );
  });
});

describe('the confirming text', () => {
  it('has an hour to be tried in: after five minutes it is not sent any more (TC-03)', () => {
    const { Properties } = only(filter(queues, ({ MessageRetentionPeriod }) => MessageRetentionPeriod === HOURS));
    expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } });
  });

  it('is ordered by dispatch', () => {
    const dispatch = resources(serviceTemplate, 'AWS::Lambda::Function')[functionOf(serviceTemplate, 'dispatch')];
    expect(dispatch?.Properties.Environment.Variables).toHaveProperty(ENV.textQueueUrl);
  });

  it("may come from the stage's number only", () => {
    const [send, ...others] = statements('send-text').filter(({ Action }) => Action === 'sms-voice:SendTextMessage');
    expect(others).toEqual([]);
    expect(JSON.stringify(send?.Resource)).toMatch(/:phone-number\/phone-demo"/);
    expect(new Set(actions('send-text'))).toEqual(
      new Set([
        ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'kms:Decrypt'],
        ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        'sms-voice:SendTextMessage',
        'sms-voice:PutOptedOutNumber',
      ]),
    );
  });
});

describe("AWS's own opt-out list (TC-06)", () => {
  it.each([
    ['reconcile-suppression-list', 'sms-voice:DescribeOptedOutNumbers'],
    ['send-text', 'sms-voice:PutOptedOutNumber'],
  ])('%s may %s on this one list', (capability, action) => {
    const [grant, ...others] = statements(capability).filter(({ Action }) => Action === action);
    expect(others).toEqual([]);
    expect(JSON.stringify(grant?.Resource)).toMatch(/:sms-voice:.*:opt-out-list\/Default"/);
  });

  it('loses nothing by us, and a stage without numbers does not read it', () => {
    const roles = (template: typeof without) =>
      Object.keys(resources(template, 'AWS::IAM::Role')).flatMap((id) => actionsOf(statementsOf(template, id)));
    expect(roles(serviceTemplate).filter((action) => /DeleteOptedOut|OptOutList$/.test(action))).toEqual([]);
    expect(roles(without).filter((action) => action.startsWith('sms-voice:'))).toEqual([]);
  });
});

it.each(['12025550100', '+0123456789', 'SHOP'])('no stage has the number %s', (textNumber) => {
  expect(() => readConfig({ textNumber })).toThrow('texts');
});
