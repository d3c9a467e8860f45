import { readFileSync } from 'node:fs';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesise } from './synthesis.ts';

const { app } = synthesise();

interface Acknowledgement {
  rule: string;
  resource: string;
  reason: string;
}

describe('cdk-nag', () => {
  it.each(['dev', 'prod'])('has nothing to say about %s', (stage) => {
    const checked = synthesise({ stage }).app;
    const { violations } = new AwsSolutionsChecks(checked).validateScope(checked);
    expect(
      violations.map(({ ruleName, violatingResources }) => [
        ruleName,
        violatingResources.map((found) => found.constructPath),
      ]),
    ).toEqual([]);
  });

  it('has nothing to say about a stage with texts', () => {
    const checked = synthesise({ textNumber: '+12025550100' }).app;
    const { violations } = new AwsSolutionsChecks(checked).validateScope(checked);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  it('is answered in the decision record, and only there', () => {
    expect(written().toSorted(byText)).toEqual(acknowledged(app).toSorted(byText));
  });

  it('gets a reason each time', () => {
    for (const { reason } of acknowledged(app)) expect(reason.length).toBeGreaterThan(30);
  });
});

function acknowledged(tree: App): Acknowledgement[] {
  return tree.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({
        rule: id.replace(/^\w+::/, '').replace(/\[.*$/, ''),
        resource: node.path.replace(/^heed-dev-/, ''),
        reason,
      })),
  );
}

function written(): Acknowledgement[] {
  const text = readFileSync(new URL('../../docs/decisions/cdk-nag-suppressions.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| (AwsSolutions-\w+) \| `(.+)` \| (.+) \|$/gm)].map(
    ([, rule = '', resource = '', reason = '']) => ({
      rule,
      resource,
      reason,
    }),
  );
}

function byText(a: Acknowledgement, b: Acknowledgement): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
