import { expect, test } from 'vitest';
import { correctionsOf } from '../../../infra/local/corrections.ts';
import { withoutUnknownConditions } from '../../../infra/local/ledger-writers.ts';
import { withoutTlsStatements } from '../../../infra/local/plain-http.ts';

test.each([
  ['AWS::DynamoDB::GlobalTable', 'TimeToLiveSpecification'],
  ['AWS::S3::Bucket', 'ObjectLockConfiguration'],
  ['AWS::ApiGatewayV2::Api', 'CorsConfiguration'],
])('%s: %s is set to what the template says', (Type, property) => {
  const value = { any: 'value' };
  const found = correctionsOf({ Type, Properties: { [property]: value } }).filter((one) => one.property === property);
  expect(found.map((one) => one.value)).toEqual([value]);
});

test('a property that the template does not ask for is left alone', () => {
  expect(correctionsOf({ Type: 'AWS::DynamoDB::Table', Properties: {} })).toEqual([]);
  expect(correctionsOf({ Type: 'AWS::Lambda::Function', Properties: { CorsConfiguration: {} } })).toEqual([]);
});

test('only the statements about TLS leave a policy', () => {
  const tls = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const bypass = { Effect: 'Deny', Action: 's3:BypassGovernanceRetention' };
  const policy = withoutTlsStatements(JSON.stringify({ Version: '2012-10-17', Statement: [tls, bypass] }));
  expect(JSON.parse(policy)).toEqual({ Version: '2012-10-17', Statement: [bypass] });
});

test('only the statements that the local IAM cannot judge leave the audit policy', () => {
  const overwrite = { Effect: 'Deny', Condition: { Null: { 's3:if-none-match': 'true' } } };
  const writer = { Effect: 'Deny', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/heed/*' } } };
  const deletion = { Effect: 'Deny', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'] };
  const policy = withoutUnknownConditions(JSON.stringify({ Statement: [overwrite, writer, deletion] }));
  expect(JSON.parse(policy)).toEqual({ Statement: [deletion] });
});
