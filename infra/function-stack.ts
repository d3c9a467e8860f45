import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { noticeVersion } from '../shared/i18n/notice-version.ts';
import { ENV, SCHEDULE_FILE } from '../shared/names.ts';
import type { StageConfig } from './config.ts';
import type { Companions } from './constructs/bundled-code.ts';
import { HeedFunction, type HeedFunctionProps } from './constructs/heed-function.ts';
import type { Operations } from './constructs/operations.ts';
import type { DataStack } from './data-stack.ts';

export interface FunctionStackProps extends StackProps {
  config: StageConfig;
  data: DataStack;
}

/** A stack of functions, which can be made again from the code at any time. CloudFormation takes 500 resources a stack; there are two. */
export abstract class FunctionStack extends Stack {
  protected readonly config: StageConfig;
  protected readonly data: DataStack;
  protected readonly functions = new Map<string, HeedFunction>();
  abstract readonly operations: Operations;
  /** Origin of every link that is handed out. */
  abstract readonly publicUrl: string;
  readonly #noticeVersion: string;

  protected constructor(scope: Construct, id: string, { config, data, ...props }: FunctionStackProps) {
    super(scope, id, props);
    this.config = config;
    this.data = data;
    this.#noticeVersion = noticeVersion(config);
  }

  protected add(capability: string, overrides: Partial<HeedFunctionProps> = {}): HeedFunction {
    const made = new HeedFunction(this, pascalCase(capability), {
      capability,
      settings: this.config.settings,
      operations: this.operations,
      environment: { [ENV.publicUrl]: this.publicUrl, [ENV.noticeVersion]: this.#noticeVersion },
      ...overrides,
    });
    this.functions.set(capability, made);
    return made;
  }

  /** For functions that go by the retention schedule. */
  protected schedule(): Companions {
    return { [SCHEDULE_FILE]: () => JSON.stringify(this.config.schedule) };
  }
}

function pascalCase(capability: string): string {
  return capability.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
