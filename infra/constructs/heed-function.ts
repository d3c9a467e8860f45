import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type FunctionProps, Function as Lambda, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';
import { bundledCode, type Companions } from './bundled-code.ts';
import type { Operations } from './operations.ts';
import { rolePath } from './role-path.ts';

export interface HeedFunctionProps extends Partial<Omit<FunctionProps, 'role' | 'logGroup' | 'code'>> {
  /** Folder under `functions/`. */
  capability: string;
  settings: Settings;
  operations: Operations;
  /** Files that the handler reads beside its bundle. */
  companions?: Companions;
  /** Anchor in docs/runbook.md for when it fails, if it has one of its own. */
  runbook?: string;
}

/** What a function may do, and the variable by which it finds it. */
export interface Permission {
  actions: readonly string[];
  resources: readonly string[];
  conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A function with a role of its own that can write its log and nothing else until it is allowed more. */
export class HeedFunction extends Construct {
  readonly capability: string;
  readonly lambda: Lambda;
  readonly log: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: HeedFunctionProps) {
    super(scope, id);
    const { capability, settings, operations, environment, companions, runbook, ...overrides } = props;
    this.capability = capability;
    // The managed AWSLambdaBasicExecutionRole would allow to write every log of the account.
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: rolePath({ stage: settings.stage, capability }),
    });
    this.log = operations.logGroup(this, 'Log');
    this.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.log.logGroupArn] });
    this.lambda = new Lambda(this, 'Lambda', {
      ...houseDefaults(capability),
      ...overrides,
      environment: { [ENV.settings]: JSON.stringify(settings), ...environment },
      code: bundledCode(capability, companions),
      role: this.#role,
      logGroup: this.log,
    });
    this.#alarmOnErrors(operations, runbook ?? 'function-errors');
  }

  /** Adds to the role. The house's resources call it from methods that set the environment as well. */
  allow({ actions, resources, conditions }: Permission): void {
    this.#role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }

  set(variable: string, value: string): void {
    this.lambda.addEnvironment(variable, value);
  }

  /** Makes `dependent` wait for the role's policy: Lambda refuses a mapping whose role cannot read its source yet. */
  before(dependent: Construct): void {
    dependent.node.addDependency(this.#role);
  }

  #alarmOnErrors(operations: Operations, runbook: string): void {
    operations.alarm(this, 'Errors', {
      severity: 'critical',
      what: `The function ${this.capability} fails.`,
      runbook,
      metric: this.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }
}

function houseDefaults(capability: string) {
  return {
    description: `Heed: ${capability}`,
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // Start-up is bound by CPU, which Lambda deals out by memory.
    memorySize: 1024,
    // API Gateway gives up after 30 s; a function that is still busy then has answered nobody.
    timeout: Duration.seconds(20),
    tracing: Tracing.DISABLED,
  };
}
