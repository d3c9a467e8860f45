import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { OUTPUT } from '../../shared/names.ts';
import { REGION } from './emulator.ts';
import { localPath } from './project.ts';

const stackSchema = z.object({
  endpoint: z.url(),
  region: z.string(),
  /** The API itself, in the form that Node's `fetch` can resolve. */
  apiUrl: z.url(),
  /** Origin of the links that Heed hands out: the front door. */
  publicUrl: z.url(),
  siteUrl: z.url(),
  mailboxUrl: z.url(),
  auditUrl: z.url(),
  auditBucket: z.string(),
  /** Into which SES would put mails that come in. */
  inboundBucket: z.string(),
  tables: z.object({ registry: z.string(), contacts: z.string(), ledger: z.string() }),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  tokenUrl: z.url(),
  functions: z.object({ sweepExpired: z.string(), sealLedger: z.string() }),
  /** Name of the ledger in its checkpoints. */
  ledgerOrigin: z.string(),
  keyRingSecretArn: z.string(),
  /** Names of the CloudFormation stacks. */
  stackNames: z.array(z.string()),
});

/** Where everything of a local deployment is; written to `.local/stack.json` for tools and tests. */
export type Stack = z.infer<typeof stackSchema>;

/** Output of `cdk deploy`, by stack name and output name. */
const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));
type Outputs = z.infer<typeof outputsSchema>;

/** Reads the description that the last deploy wrote. */
export async function readStack(folder = '.'): Promise<Stack> {
  const path = localPath(folder, 'stack.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${path} is missing: run \`npm start\` first`, { cause });
  });
  return stackSchema.parse(JSON.parse(text));
}

/** Describes what the deploy made, and writes it down. */
export async function writeStack(
  made: { endpoint: string; publicUrl: string; siteOrigin: string },
  folder = '.',
): Promise<Stack> {
  const outputs = outputsSchema.parse(JSON.parse(await readFile(outputsFile(folder), 'utf8')));
  const stack = describeStack(made, outputs);
  await writeFile(localPath(folder, 'stack.json'), `${JSON.stringify(stack, null, 2)}\n`);
  return stack;
}

export function outputsFile(folder: string): string {
  return localPath(folder, 'outputs.json');
}

/** Pure part of {@link writeStack}. */
export function describeStack(
  made: { endpoint: string; publicUrl: string; siteOrigin: string },
  outputs: Outputs,
): Stack {
  const { endpoint, publicUrl, siteOrigin } = made;
  return {
    endpoint,
    region: REGION,
    apiUrl: localApiUrl(endpoint, output(outputs, OUTPUT.apiUrl)),
    publicUrl,
    siteUrl: siteOrigin,
    mailboxUrl: `${siteOrigin}/mailbox`,
    auditUrl: `${siteOrigin}/audit`,
    auditBucket: output(outputs, OUTPUT.auditBucket),
    inboundBucket: output(outputs, OUTPUT.inboundBucket),
    tables: {
      registry: output(outputs, OUTPUT.registryTable),
      contacts: output(outputs, OUTPUT.contactsTable),
      ledger: output(outputs, OUTPUT.ledgerTable),
    },
    userPoolId: output(outputs, OUTPUT.userPoolId),
    userPoolClientId: output(outputs, OUTPUT.userPoolClientId),
    // On AWS the user pool has a domain of its own; locally its endpoints lie on the one address there is.
    tokenUrl: new URL('/oauth2/token', endpoint).href,
    functions: {
      sweepExpired: output(outputs, OUTPUT.sweepFunction),
      sealLedger: output(outputs, OUTPUT.sealFunction),
    },
    ledgerOrigin: output(outputs, OUTPUT.ledgerOrigin),
    keyRingSecretArn: output(outputs, OUTPUT.keyRing),
    stackNames: Object.keys(outputs),
  };
}

/** `https://<id>.execute-api…` as a path of the endpoint: Node's `fetch` cannot resolve `*.localhost`. */
export function localApiUrl(endpoint: string, apiUrl: string): string {
  const [id] = new URL(apiUrl).hostname.split('.');
  return new URL(`/_aws/execute-api/${id}`, endpoint).href;
}

function output(outputs: Outputs, name: string): string {
  for (const ofStack of Object.values(outputs)) {
    const value = ofStack[name];
    if (value !== undefined) return value;
  }
  throw new Error(
    `No stack has the output ${name}; there are: ${Object.values(outputs).flatMap(Object.keys).join(', ')}`,
  );
}
