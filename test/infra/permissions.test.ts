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
  'dynamodb:Scan',
  's3:GetObject',
  's3:ListBucket',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
];
// In the order of the template.
const SIGN = ['kms:GetPublicKey', 'kms:Sign'];
const OWN_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const { serviceTemplate } = synthesise();
const roleIds = Object.keys(resources(serviceTemplate, 'AWS::IAM::Role'));
const viewing = routes.filter(({ method }) => method === 'GET' || method === 'HEAD');

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
    ['in the audit trail', ['s3:GetObject', 's3:PutObject']],
    ['in the name of the ledger', ['kms:Sign']],
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

  it.each(roleIds)('%s uses keys only through the service that they belong to, or to sign', (roleId) => {
    const statements = statementsOf(serviceTemplate, roleId).filter(
      ({ Action }) => JSON.stringify(Action).includes('kms:') && !isDeepStrictEqual(Action, SIGN),
    );
    for (const { Condition } of statements) expect(Condition?.StringEquals).toHaveProperty('kms:ViaService');
  });

  it.each(Object.entries(resources(serviceTemplate, 'AWS::Lambda::Function')))(
    '%s has the path of its capability, by which the audit trail and the signing key know it',
    (id, { Properties }) => {
      const role = resources(serviceTemplate, 'AWS::IAM::Role')[roleOfFunction(serviceTemplate, id)];
      expect(role?.Properties.Path).toBe(`/heed/dev/${Properties.Description.replace('Heed: ', '')}/`);
      expect(role?.Properties.RoleName).toBeUndefined();
    },
  );
});

describe('a capability may do exactly what it does', () => {
  const READ_KEY = ['kms:Decrypt'];
  const ADD_OBJECTS = ['s3:PutObject', 's3:GetObject', ...READ_KEY, 'kms:GenerateDataKey'];
  const READ_RING = ['secretsmanager:GetSecretValue', 'kms:Decrypt'];
  const STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);
  const GIVE_UP = ['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map((name) => `sqs:${name}`);
  const TAKE = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
    (name) => `sqs:${name}`,
  );
  const table = (...names: string[]) => [...names.map((name) => `dynamodb:${name}`), ...READ_KEY];
  const CHANGE_CONTACT = [...READ_RING, ...table('Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem')];

  it.each(
    Object.entries({
      'show-form': [],
      'show-openapi': [],
      'show-ropa': [],
      'show-privacy': [],
      'show-statement': [],
      'show-snippet': [],
      'check-statements': [],
      'honour-signal': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      'show-unsubscribe': READ_RING,
      'show-sender-keys': READ_RING,
      'show-confirmation': table('GetItem'),
      'show-receipt': [...READ_RING, ...table('GetItem'), 's3:GetObject', 's3:ListBucket', ...READ_KEY],
      'show-deletion-certificate': [
        ...READ_RING,
        'dynamodb:Query',
        ...table('GetItem'),
        's3:GetObject',
        's3:ListBucket',
        ...READ_KEY,
      ],
      'acknowledge-deletion': table('UpdateItem'),
      'show-preferences': [...READ_RING, ...table('GetItem')],
      'change-preferences': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      'show-erasure': table('GetItem'),
      'request-erasure': [...READ_RING, ...table('PutItem')],
      'confirm-erasure': [
        ...READ_RING,
        ...['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        ...table('Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'),
      ],
      'order-preferences-link': [...READ_RING, ...table('PutItem')],
      'report-health': table('GetItem'),
      'submit-opt-out': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      unsubscribe: [...READ_RING, ...table('PutItem', 'UpdateItem')],
      'take-complaint': [...READ_RING, ...table('PutItem')],
      'take-agent-request': [...READ_RING, ...table('PutItem', 'UpdateItem'), 's3:PutObject', 'kms:GenerateDataKey'],
      'take-intake': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      'list-cases': table('Scan'),
      'advance-case': table('GetItem', 'UpdateItem'),
      'undo-burst': [...READ_RING, ...table('Scan', 'Query', 'PutItem', 'UpdateItem')],
      'count-overdue': table('Scan'),
      confirm: table('GetItem', 'PutItem', 'UpdateItem'),
      'check-suppression': [...READ_RING, ...table('GetItem', 'BatchGetItem')],
      'mint-link': READ_RING,
      'show-contact': [...READ_RING, ...table('Query')],
      'put-contact': CHANGE_CONTACT,
      'cancel-contact': CHANGE_CONTACT,
      'reactivate-contact': CHANGE_CONTACT,
      'hold-contact': CHANGE_CONTACT,
      'release-contact': CHANGE_CONTACT,
      'append-ledger': [
        ...STREAM,
        ...GIVE_UP,
        ...table('GetItem', 'PutItem', 'Query', 'BatchWriteItem'),
        ...ADD_OBJECTS,
        'events:PutEvents',
      ],
      'seal-ledger': [...table('GetItem'), ...ADD_OBJECTS, 's3:ListBucket', ...SIGN],
      dispatch: [...STREAM, ...GIVE_UP, ...table('PutItem'), 'sqs:SendMessage', 'events:PutEvents'],
      'send-mail': [...READ_RING, ...TAKE, ...table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), 'ses:SendEmail'],
      'on-mail-received': [
        ...READ_RING,
        ...TAKE,
        ...table('PutItem', 'UpdateItem'),
        ...['s3:GetObject', 's3:DeleteObject', 's3:ListBucket'],
        ...READ_KEY,
      ],
      'on-mail-reported': [...READ_RING, ...table('PutItem', 'UpdateItem')],
      'reconcile-suppression-list': [
        ...READ_RING,
        ...table('BatchGetItem', 'PutItem', 'UpdateItem'),
        'ses:ListSuppressedDestinations',
      ],
      'import-cancellations': [...READ_RING, ...table('Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem')],
      'on-customer-changed': [
        ...READ_RING,
        ...TAKE,
        ...table('Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'),
        'dynamodb:UpdateItem',
      ],
      'reschedule-contacts': [
        ...READ_RING,
        ...table('Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'),
        'dynamodb:Scan',
      ],
      'sweep-expired': [
        ...READ_RING,
        ...['dynamodb:Scan', 'dynamodb:DeleteItem'],
        ...table('Scan', 'Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'),
      ],
    }),
  )('%s', (capability, actions) => {
    expect(countsOf(actionsOf(statementsOfCapability(capability)))).toEqual(countsOf([...actions, ...OWN_LOG]));
  });

  it.each([
    ['append-ledger', 's3:PutObject', ['/ledger/*']],
    ['seal-ledger', 's3:PutObject', ['/checkpoints/*', '/keys/*']],
    ['show-receipt', 's3:GetObject', ['/checkpoints/*', '/ledger/*']],
    ['show-deletion-certificate', 's3:GetObject', ['/checkpoints/*', '/ledger/*']],
  ])('%s may %s in its own folders of the audit trail only', (capability, action, folders) => {
    const [found, ...others] = statementsOfCapability(capability).filter(({ Action }) =>
      [Action].flat().includes(action),
    );
    expect(others).toEqual([]);
    expect(JSON.stringify(found?.Resource).match(/\/[a-z]+\/\*/g)).toEqual(folders);
  });

  it.each(['seal-ledger', 'show-receipt', 'show-deletion-certificate'])(
    '%s lists checkpoints, and nothing else',
    (capability) => {
      const [list] = statementsOfCapability(capability).filter(({ Action }) => Action === 's3:ListBucket');
      expect(list?.Condition).toEqual({ StringLike: { 's3:prefix': 'checkpoints/*' } });
    },
  );

  it('seal-ledger signs with one key', () => {
    const [sign] = statementsOfCapability('seal-ledger').filter(({ Action }) => isDeepStrictEqual(Action, SIGN));
    expect(JSON.stringify(sign?.Resource)).toContain('SigningKey');
  });

  it("reads SES's own list in one function only, and nobody may write it (SE-03)", () => {
    const actions = roleIds.flatMap((roleId) => actionsOf(statementsOf(serviceTemplate, roleId)));
    expect(actions.filter((action) => action.includes('SuppressedDestination'))).toEqual([
      'ses:ListSuppressedDestinations',
    ]);
  });

  it("send-mail sends from the stage's sender only", () => {
    const [send] = statementsOfCapability('send-mail').filter(({ Action }) => Action === 'ses:SendEmail');
    expect(send?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'privacy@example.com' } });
  });
});

function statementsOfCapability(capability: string): Statement[] {
  return statementsOf(serviceTemplate, roleOfFunction(serviceTemplate, functionOf(serviceTemplate, capability)));
}

// Objects are named at run time, so the folder is as exact as it can be; and SES knows no resource for the list of the account.
function wildcards({ Resource, Action }: Statement): string[] {
  if (Action === 'ses:ListSuppressedDestinations') return [];
  const isFolder = (text: string) => /^"\/(ledger|checkpoints|keys|inbound-mail|uploads)\/\*"$/.test(text);
  return (JSON.stringify(Resource).match(/"[^"]*\*[^"]*"/g) ?? []).filter((text) => !isFolder(text));
}

// Order does not matter, but twice the same grant does: it would be under another condition.
function countsOf(actions: readonly string[]): Record<string, number> {
  return Object.fromEntries(actions.map((action) => [action, actions.filter((other) => other === action).length]));
}
