import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { Route } from '../routes.ts';
import { acknowledge } from './acknowledge.ts';
import type { HeedFunction } from './heed-function.ts';
import type { MachineAccess } from './machine-access.ts';
import type { Operations } from './operations.ts';

/**
 * One JSON line per request. The route key says `GET /u/{token}`; the path, the query and who called are never written:
 * a path carries a sealed address (EM-06).
 */
const ACCESS_LOG = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  errorType: '$context.error.responseType',
};

export interface HttpSurfaceProps {
  /** Origins whose pages may post to the API. */
  origins: readonly string[];
  operations: Operations;
}

export interface Serving {
  routes: readonly Route[];
  functions: ReadonlyMap<string, HeedFunction>;
  access: MachineAccess;
}

/** The HTTP API. */
export class HttpSurface extends Construct {
  readonly api: HttpApi;
  readonly #stage: HttpStage;

  constructor(scope: Construct, id: string, { origins, operations }: HttpSurfaceProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: 'Heed',
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [...origins],
        allowMethods: [CorsHttpMethod.POST],
        allowHeaders: ['content-type'],
        maxAge: Duration.hours(1),
      },
    });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(operations.logGroup(this, 'AccessLog')),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.#alarmOnFaults(operations);
  }

  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Makes every route answer by its capability's function. Throws when a capability has none. */
  serve({ routes, functions, access }: Serving): void {
    const integrations = new Map<string, HttpLambdaIntegration>();
    for (const route of routes) {
      const integration = integrations.get(route.capability) ?? integrate(route.capability, functions);
      integrations.set(route.capability, integration);
      this.#add(route, integration, access);
    }
    this.#throttle(routes);
  }

  #add({ method, path, scope, group }: Route, integration: HttpLambdaIntegration, access: MachineAccess): void {
    const isPublic = scope === undefined && group === undefined;
    const route = new HttpRoute(this, `${method} ${path}`, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, HttpMethod[method]),
      integration,
      authorizer: isPublic ? new HttpNoneAuthorizer() : access.authorizer,
      ...(scope === undefined ? {} : { authorizationScopes: [access.onTheWire(scope)] }),
    });
    // A stage that is made first is refused: "Unable to find Route by key … within the provided RouteSettings".
    this.#stage.node.addDependency(route);
    if (isPublic)
      acknowledge(route, 'APIG4', 'An opt-out takes no account and no login; the page or link is public by law.');
  }

  #throttle(routes: readonly Route[]): void {
    const settings = routes.map(({ method, path, throttle }) => [
      `${method} ${path}`,
      { ThrottlingRateLimit: throttle.ratePerSecond, ThrottlingBurstLimit: throttle.burst },
    ]);
    const stage = this.#stage.node.defaultChild;
    if (stage instanceof CfnStage) stage.routeSettings = Object.fromEntries(settings);
  }

  #alarmOnFaults(operations: Operations): void {
    operations.alarm(this, 'Faults', {
      severity: 'critical',
      what: 'The API answers with 5xx: an opt-out may not have been taken.',
      runbook: 'api-faults',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }
}

function integrate(capability: string, functions: ReadonlyMap<string, HeedFunction>): HttpLambdaIntegration {
  const answering = functions.get(capability);
  if (answering === undefined) throw new Error(`The route's capability ${capability} has no function`);
  return new HttpLambdaIntegration(capability, answering.lambda);
}
