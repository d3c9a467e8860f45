import { isDeepStrictEqual } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { type Route, routes } from '../../infra/routes.ts';
import {
  actionsOf,
  functionOf,
  functionOfRoute,
  resources,
  roleOfFunction,
  type Statement,
  smallService,
  statementsOf,
  synthesise,
} from './synthesis.ts';

/** All that a function which answers GET or HEAD may ever do. */
const READS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
];
const OWN_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const { serviceTemplate } = synthesise();
const roleIds = Object.keys(resources(serviceTemplate, 'AWS::IAM::Role'));
const viewing = routes.filter(({ method }) => method !== 'POST');

/** What a route's function may do beyond reading and writing its own log. */
function writesOf(template: Template, { method, path }: Pick<Route, 'method' | 'path'>): string[] {
  const answering = functionOfRoute(template, `${method} ${path}`);
  const ownLog = resources(template, 'AWS::Lambda::Function')[answering]?.Properties.LoggingConfig.LogGroup.Ref;
  const mayLog = ({ Resource }: Statement) => isDeepStrictEqual(Resource, { 'Fn::GetAtt': [ownLog, 'Arn'] });
  return statementsOf(template, roleOfFunction(template, answering)).flatMap((statement) =>
    [statement.Action]
      .flat()
      .filter((action) => !READS.includes(action) && !(OWN_LOG.includes(action) && mayLog(statement))),
  );
}

describe('a route that answers GET or HEAD', () => {
  it('exists: the surface has pages', () => expect(viewing.length).toBeGreaterThan(10));

  it.each(viewing)('cannot write anything: $method $path', (route) => {
    expect(writesOf(serviceTemplate, route)).toEqual([]);
  });

  it.each([
    ['by the role itself', ['dynamodb:PutItem']],
    ['by the role itself, among reads', ['dynamodb:GetItem', 'dynamodb:UpdateItem']],
    ['by a wildcard', ['dynamodb:*']],
    ["in somebody else's log", ['logs:PutLogEvents']],
  ])('is caught by this test when it may write %s', (_, actions) => {
    const template = smallService((page) => page.allow({ actions, resources: ['arn:aws:dynamodb:::table/any'] }));
    expect(writesOf(template, { method: 'GET', path: '/new' })).not.toEqual([]);
  });

  it('is caught by this test when an attached policy lets it write', () => {
    const template = smallService((page) =>
      page.lambda.addToRolePolicy(
        new PolicyStatement({ effect: Effect.ALLOW, actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:::any'] }),
      ),
    );
    expect(writesOf(template, { method: 'GET', path: '/new' })).toEqual(['sqs:SendMessage']);
  });
});

describe('every role', () => {
  it('belongs to one function', () => {
    const used = Object.keys(resources(serviceTemplate, 'AWS::Lambda::Function')).map((id) =>
      roleOfFunction(serviceTemplate, id),
    );
    expect(new Set(used)).toEqual(new Set(roleIds));
    expect(used).toHaveLength(roleIds.length);
  });

  it.each(roleIds)('%s names its actions and resources', (roleId) => {
    const role = resources(serviceTemplate, 'AWS::IAM::Role')[roleId];
    expect(role?.Properties.ManagedPolicyArns ?? []).toEqual([]);
    const statements = statementsOf(serviceTemplate, roleId);
    expect(actionsOf(statements).filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.flatMap(wildcards)).toEqual([]);
  });

  it.each(roleIds)('%s uses keys only through the service that they belong to', (roleId) => {
    const statements = statementsOf(serviceTemplate, roleId).filter(({ Action }) =>
      JSON.stringify(Action).includes('kms:'),
    );
    for (const { Condition } of statements) expect(Condition?.StringEquals).toHaveProperty('kms:ViaService');
  });
});

describe('a capability may do exactly what it does', () => {
  const READ_KEY = ['kms:Decrypt'];
  const READ_RING = ['secretsmanager:GetSecretValue', 'kms:Decrypt'];
  const STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);
  const GIVE_UP = ['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map((name) => `sqs:${name}`);
  const TAKE = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
    (name) => `sqs:${name}`,
  );
  const table = (...names: string[]) => [...names.map((name) => `dynamodb:${name}`), ...READ_KEY];

  it.each(
    Object.entries({
      'show-form': [],
      'show-openapi': [],
      'show-unsubscribe': READ_RING,
      'show-confirmation': table('GetItem'),
      'show-receipt': [...READ_RING, ...table('GetItem')],
      'report-health': table('GetItem'),
      'submit-opt-out': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      unsubscribe: [...READ_RING, ...table('PutItem', 'UpdateItem')],
      confirm: table('GetItem', 'PutItem', 'UpdateItem'),
      'check-suppression': [...READ_RING, ...table('GetItem', 'BatchGetItem')],
      'mint-link': READ_RING,
      'append-ledger': [...STREAM, ...READ_KEY, ...GIVE_UP, 's3:PutObject', 'kms:GenerateDataKey'],
      dispatch: [...STREAM, ...READ_KEY, ...GIVE_UP, 'sqs:SendMessage', 'events:PutEvents'],
      'send-mail': [...READ_RING, ...TAKE, ...table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), 'ses:SendEmail'],
      'sweep-expired': table('Scan', 'DeleteItem'),
    }),
  )('%s', (capability, actions) => {
    const role = roleOfFunction(serviceTemplate, functionOf(serviceTemplate, capability));
    expect(countsOf(actionsOf(statementsOf(serviceTemplate, role)))).toEqual(countsOf([...actions, ...OWN_LOG]));
  });

  it('append-ledger writes under ledger/ only', () => {
    const role = roleOfFunction(serviceTemplate, functionOf(serviceTemplate, 'append-ledger'));
    const [put] = statementsOf(serviceTemplate, role).filter(({ Action }) => Action === 's3:PutObject');
    expect(JSON.stringify(put?.Resource)).toMatch(/"\/ledger\/\*"/);
  });

  it("send-mail sends from the stage's sender only", () => {
    const role = roleOfFunction(serviceTemplate, functionOf(serviceTemplate, 'send-mail'));
    const [send] = statementsOf(serviceTemplate, role).filter(({ Action }) => Action === 'ses:SendEmail');
    expect(send?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'privacy@example.com' } });
  });
});

// The objects of the ledger are named by their records, so the prefix is as exact as it can be.
function wildcards({ Resource }: Statement): string[] {
  return (JSON.stringify(Resource).match(/"[^"]*\*[^"]*"/g) ?? []).filter((text) => text !== '"/ledger/*"');
}

// Order does not matter, but twice the same grant does: it would be on another resource.
function countsOf(actions: readonly string[]): Record<string, number> {
  return Object.fromEntries(actions.map((action) => [action, actions.filter((other) => other === action).length]));
}
