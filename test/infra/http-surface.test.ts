import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { OAUTH_SCOPES } from '../../shared/names.ts';
import { only, type Resource, resources, smallService, synthesise } from './synthesis.ts';

const { serviceTemplate } = synthesise({ siteOrigin: 'http://localhost:8081' });
const stage = only(resources(serviceTemplate, 'AWS::ApiGatewayV2::Stage'));
const served = resources(serviceTemplate, 'AWS::ApiGatewayV2::Route');
const byKey = new Map<string, Resource>(Object.values(served).map((route) => [route.Properties.RouteKey, route]));

describe('the HTTP API', () => {
  it('serves every route and no other', () => {
    expect(new Set(byKey.keys())).toEqual(new Set(routes.map(({ method, path }) => `${method} ${path}`)));
  });

  it('answers HEAD wherever it answers GET to everybody: mail scanners send HEAD first', () => {
    const open = routes.filter(({ scope, group }) => scope === undefined && group === undefined);
    const paths = (wanted: string) => open.filter(({ method }) => method === wanted).map(({ path }) => path);
    expect(paths('HEAD')).toEqual(paths('GET'));
  });

  it.each(routes)('throttles $method $path by its own bucket', ({ method, path, throttle }) => {
    expect(stage.Properties.RouteSettings[`${method} ${path}`]).toEqual({
      ThrottlingRateLimit: throttle.ratePerSecond,
      ThrottlingBurstLimit: throttle.burst,
    });
  });

  it('makes the stage after the routes that its settings name', () => {
    expect(stage.DependsOn).toEqual(expect.arrayContaining(Object.keys(served)));
  });

  it('lets pages of configured sites post, and nobody else', () => {
    expect(only(resources(serviceTemplate, 'AWS::ApiGatewayV2::Api')).Properties.CorsConfiguration).toEqual({
      AllowOrigins: ['https://shop.example.com', 'http://localhost:8081'],
      AllowMethods: ['POST'],
      AllowHeaders: ['content-type'],
      MaxAge: 3600,
    });
  });
});

describe('the access log', () => {
  const format: string = stage.Properties.AccessLogSettings.Format;

  it('is JSON with the route, the status and the time taken', () => {
    expect(Object.values(JSON.parse(format))).toEqual(
      expect.arrayContaining([
        '$context.routeKey',
        '$context.requestId',
        '$context.status',
        '$context.responseLatency',
      ]),
    );
  });

  it.each([
    '$context.path',
    '$context.identity',
    '$context.http',
    '$context.authorizer',
    'query',
    '$request',
    'userAgent',
    'sourceIp',
  ])('holds no %s (EM-06)', (forbidden) => expect(format.toLowerCase()).not.toContain(forbidden.toLowerCase()));
});

describe('the machine routes', () => {
  it.each(routes)('$method $path asks for its scope, and public routes for none', ({ method, path, scope, group }) => {
    const { AuthorizationType, AuthorizationScopes } = byKey.get(`${method} ${path}`)?.Properties ?? {};
    expect([AuthorizationType, AuthorizationScopes]).toEqual(
      scope === undefined ? [group === undefined ? 'NONE' : 'JWT', undefined] : ['JWT', [`heed/${scope}`]],
    );
  });

  it('take tokens of the one machine client, by its secret only, and of people, by password and second factor', () => {
    const clients = Object.values(resources(serviceTemplate, 'AWS::Cognito::UserPoolClient')).map(
      ({ Properties }) => Properties,
    );
    expect(clients).toHaveLength(2);
    expect(clients.find(({ GenerateSecret }) => GenerateSecret)).toMatchObject({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    expect(clients.find(({ GenerateSecret }) => !GenerateSecret)).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: false,
    });
    expect(only(resources(serviceTemplate, 'AWS::Cognito::UserPoolGroup')).Properties).toMatchObject({
      GroupName: 'staff',
    });
    expect(only(resources(serviceTemplate, 'AWS::Cognito::UserPool')).Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    const { Scopes } = only(resources(serviceTemplate, 'AWS::Cognito::UserPoolResourceServer')).Properties;
    expect(Scopes.map(({ ScopeName }: { ScopeName: string }) => ScopeName)).toEqual(Object.keys(OAUTH_SCOPES));
  });

  it("give staff's scope to the client of senders only where the stage says so", () => {
    const scopesOf = (template: Template) => JSON.stringify(template.findResources('AWS::Cognito::UserPoolClient'));
    expect(scopesOf(serviceTemplate)).toContain('/staff:write');
    expect(scopesOf(smallService(() => undefined))).not.toContain('/staff:write');
    expect(scopesOf(smallService(() => undefined))).toContain('/checks:read');
  });

  it('take tokens of a configured OIDC issuer instead, with plain scopes', () => {
    const auth = { kind: 'oidc', issuer: 'https://id.example.org', audience: 'heed' } as const;
    const template = smallService(() => undefined, auth);
    template.resourceCountIs('AWS::Cognito::UserPool', 0);
    expect(only(resources(template, 'AWS::ApiGatewayV2::Authorizer')).Properties).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: auth.issuer, Audience: [auth.audience] },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'POST /v1/new',
      AuthorizationScopes: ['checks:read'],
    });
  });
});
