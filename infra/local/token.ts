import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod/mini';
import { clientOptions } from './clients.ts';
import { readStack, type Stack } from './stack.ts';

const answerSchema = z.object({ access_token: z.string() });

/** A bearer token of the demo sender, with every scope that its client is allowed or only some. Valid for an hour or so. */
export async function fetchToken(stack: Stack, wanted?: readonly string[]): Promise<string> {
  const { secret, scopes } = await describeClient(stack);
  const answer = await fetch(stack.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${stack.userPoolClientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: (wanted ?? scopes).join(' ') }),
  });
  if (!answer.ok) throw new Error(`${stack.tokenUrl} answered ${answer.status}: ${await answer.text()}`);
  return answerSchema.parse(await answer.json()).access_token;
}

async function describeClient(stack: Stack): Promise<{ secret: string; scopes: string[] }> {
  const client = new CognitoIdentityProviderClient(clientOptions(stack));
  const { UserPoolClient: found } = await client.send(
    new DescribeUserPoolClientCommand({ UserPoolId: stack.userPoolId, ClientId: stack.userPoolClientId }),
  );
  if (!found?.ClientSecret) throw new Error(`The client ${stack.userPoolClientId} has no secret`);
  return { secret: found.ClientSecret, scopes: found.AllowedOAuthScopes ?? [] };
}

if (import.meta.main) process.stdout.write(`${await fetchToken(await readStack())}\n`);
