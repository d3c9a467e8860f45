import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { deployment } from '../../infra/app.ts';
import { readConfig, type StageConfig } from '../../infra/config.ts';
import { HeedFunction } from '../../infra/constructs/heed-function.ts';
import { HttpSurface } from '../../infra/constructs/http-surface.ts';
import { machineAccess } from '../../infra/constructs/machine-access.ts';
import { Operations } from '../../infra/constructs/operations.ts';
import type { Route } from '../../infra/routes.ts';

const cdkJson: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'),
);

/** An app as the CDK's command line makes it, without bundling. */
export function testApp(context: Record<string, unknown> = {}): App {
  return new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...context } });
}

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates are untyped; assertions say what they hold
  Properties: any;
  DeletionPolicy?: string;
  DependsOn?: string[];
}

/** The templates of a stage. What runs is looked at as one, wherever it stands. */
export function synthesise(context: Record<string, unknown> = {}) {
  const app = testApp(context);
  const { data, service, workers, inbound } = deployment(app);
  return {
    app,
    data,
    service,
    workers,
    inbound,
    dataTemplate: Template.fromStack(data),
    serviceTemplate: joined(Template.fromStack(service), Template.fromStack(workers)),
  };
}

/** Both templates in one, each reference across as if it were within. */
function joined(...templates: readonly Template[]): Template {
  const parts = templates.map((template) => template.toJSON());
  const ids = parts.flatMap(({ Resources }) => Object.keys(Resources));
  const doubles = ids.filter((id, at) => ids.indexOf(id) !== at && id !== 'CDKMetadata');
  if (doubles.length > 0) throw new Error(`Both stacks have ${doubles.join(', ')}`);
  const merge = (section: string) => Object.assign({}, ...parts.map((part) => part[section]));
  const Outputs: Record<string, { Value: unknown; Export?: { Name: string } }> = merge('Outputs');
  const exported = new Map(Object.values(Outputs).map(({ Value, Export }) => [Export?.Name, Value]));
  const resolve = (_: string, value: unknown) => {
    const name = (value as { 'Fn::ImportValue'?: string } | null)?.['Fn::ImportValue'];
    return (name && exported.get(name)) ?? value;
  };
  const whole = { Resources: merge('Resources'), Outputs, Parameters: merge('Parameters') };
  return Template.fromJSON(JSON.parse(JSON.stringify(whole), resolve));
}

/** Resources of one type by logical id. */
export function resources(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as unknown as Record<string, Resource>;
}

export function only<T>(found: Record<string, T>): T {
  const [first, ...rest] = Object.values(found);
  if (first === undefined || rest.length > 0) throw new Error(`Expected one, found ${Object.keys(found).join(', ')}`);
  return first;
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Everything that the role with this logical id is allowed: inline, and by policies that are attached to it. */
export function statementsOf(template: Template, roleId: string): Statement[] {
  const role = resources(template, 'AWS::IAM::Role')[roleId];
  const inline = (role?.Properties.Policies ?? []).map((policy: { PolicyDocument: unknown }) => policy.PolicyDocument);
  const attached = Object.values(resources(template, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${roleId}"`))
    .map(({ Properties }) => Properties.PolicyDocument);
  return [...inline, ...attached].flatMap((document: { Statement: Statement[] }) => document.Statement);
}

export function actionsOf(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action }) => Action);
}

/** Logical id of the function that a route's integration calls. */
export function functionOfRoute(template: Template, routeKey: string): string {
  const route = only(filter(resources(template, 'AWS::ApiGatewayV2::Route'), ({ RouteKey }) => RouteKey === routeKey));
  const integrationId: string = route.Properties.Target['Fn::Join'][1].at(-1).Ref;
  const integration = resources(template, 'AWS::ApiGatewayV2::Integration')[integrationId];
  return integration?.Properties.IntegrationUri['Fn::GetAtt'][0];
}

export function roleOfFunction(template: Template, functionId: string): string {
  const found = resources(template, 'AWS::Lambda::Function')[functionId];
  if (found === undefined) throw new Error(`No function ${functionId}`);
  return found.Properties.Role['Fn::GetAtt'][0];
}

/** Logical id of the function of a capability. */
export function functionOf(template: Template, capability: string): string {
  const found = filter(
    resources(template, 'AWS::Lambda::Function'),
    ({ Description }) => Description === `Heed: ${capability}`,
  );
  const [id] = Object.keys(found);
  if (id === undefined) throw new Error(`No function answers for ${capability}`);
  return id;
}

export function filter(found: Record<string, Resource>, matches: (properties: Resource['Properties']) => boolean) {
  return Object.fromEntries(Object.entries(found).filter(([, { Properties }]) => matches(Properties)));
}

/** A small service with one new page `GET /new` and one machine route, to try out what the whole one must not do. */
export function smallService(
  change: (page: HeedFunction) => void,
  auth: StageConfig['auth'] = { kind: 'cognito' },
): Template {
  const stack = new Stack(testApp(), 'service');
  const { settings } = readConfig({});
  const operations = new Operations(stack, 'Operations', { logRetentionDays: 14 });
  const surface = new HttpSurface(stack, 'Http', { origins: ['https://shop.example.com'], operations });
  const page = new HeedFunction(stack, 'Page', { capability: 'show-form', settings, operations });
  change(page);
  const route = { capability: 'show-form', throttle: { ratePerSecond: 1, burst: 1 }, summary: 'Of the future' };
  const routes: Route[] = [
    { ...route, method: 'GET', path: '/new' },
    { ...route, method: 'POST', path: '/v1/new', scope: 'checks:read' },
  ];
  const access = machineAccess(stack, { auth, stage: 'dev' });
  surface.serve({ routes, functions: new Map([['show-form', page]]), access });
  return Template.fromStack(stack);
}
