import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Which function of which stage. */
export interface RoleOf {
  stage: string;
  capability: string;
}

/** IAM path of a function's role: by it a policy in another stack can name the role before it exists, and without a physical name. */
export function rolePath({ stage, capability }: RoleOf): string {
  return `/heed/${stage}/${capability}/`;
}

/** Pattern for `aws:PrincipalArn`, which for a session is the ARN of its role, path included. */
export function roleArnPattern(scope: IConstruct, role: RoleOf): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: `role${rolePath(role)}*` });
}
