import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { ENV } from '../../shared/names.ts';
import { CREDENTIALS } from './emulator.ts';

const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*' }],
};

/** Lets the function that knows the configuration set send mail as the local IAM understands it; leaves others alone. */
export async function allowMailAsLocally(lambda: LambdaClient, FunctionName: string): Promise<void> {
  const { Environment, Role = '' } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  if (Environment?.Variables?.[ENV.configurationSet] === undefined) return;
  const { url, region } = await endpointOf(lambda);
  await putRolePolicy(url, region, Role.split('/').at(-1) ?? '');
}

async function endpointOf(lambda: LambdaClient): Promise<{ url: string; region: string }> {
  const { protocol, hostname, port } = (await lambda.config.endpoint?.()) ?? {};
  return { url: `${protocol}//${hostname}:${port}`, region: await lambda.config.region() };
}

// One call is not worth a client of its own. The local AWS reads the service from the signature's scope, and no more of it.
async function putRolePolicy(url: string, region: string, RoleName: string): Promise<void> {
  const scope = `${CREDENTIALS.accessKeyId}/20260101/${region}/iam/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({
      Action: 'PutRolePolicy',
      Version: '2010-05-08',
      RoleName,
      PolicyName: 'local-mail',
      PolicyDocument: JSON.stringify(DOCUMENT),
    }),
  });
  if (!answer.ok) throw new Error(`IAM answered ${answer.status}: ${await answer.text()}`);
}
