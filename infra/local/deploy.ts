import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.ts';
import { ACCOUNT, CREDENTIALS, REGION, withoutAws } from './emulator.ts';
import { lastLines } from './log.ts';
import { type Report, silent } from './progress.ts';
import { localPath, ROOT, toolEnvironment } from './project.ts';
import { outputsFile, type Stack, writeStack } from './stack.ts';

const HEARTBEAT_MS = 5000;
/** How long the local stack keeps what is of the class `brief`: an end that can be waited for. */
const BRIEF_PERIOD = 'PT3S';

export interface Deployment {
  endpoint: string;
  /** Origin of every link that Heed hands out. */
  publicUrl: string;
  /** Origin of the demo shop. */
  siteOrigin: string;
  report?: Report;
  /** Folder of `.local/` for the log, the templates and the outputs, so that several stacks can be made at a time. */
  folder?: string;
}

/** The ordinary `cdk bootstrap` and `cdk deploy --all`, against a local endpoint. Throws with the log's tail. */
export async function deployStack(deployment: Deployment): Promise<Stack> {
  const { publicUrl, siteOrigin } = deployment;
  const folder = deployment.folder ?? '.';
  await rm(localPath(folder, 'deploy.log'), { force: true });
  // In a folder without cdk.json: there it needs no app, which it would bundle for nothing.
  await cdk(deployment, ['bootstrap', `aws://${ACCOUNT}/${REGION}`], localPath('.'));
  const changes = ['stage=dev', `publicUrl=${publicUrl}`, `siteOrigin=${siteOrigin}`, `briefPeriod=${BRIEF_PERIOD}`];
  const context = changes.flatMap((pair) => ['-c', pair]);
  const files = ['--output', templateFolder(folder), '--outputs-file', outputsFile(folder)];
  await cdk(deployment, [
    'deploy',
    '--all',
    '--require-approval',
    'never',
    '--progress',
    'events',
    ...context,
    ...files,
  ]);
  return await writeStack(deployment, folder);
}

/** Where the deploy leaves the synthesised templates. */
export function templateFolder(folder = '.'): string {
  return localPath(folder, 'cdk.out');
}

async function cdk(
  { endpoint, report = silent, folder = '.' }: Deployment,
  args: readonly string[],
  cwd = ROOT,
): Promise<void> {
  const log = localPath(folder, 'deploy.log');
  const name = `cdk ${args[0]}`;
  report(`${name} …`);
  const watch = watchEvents(name, report);
  const command = join(ROOT, 'node_modules', '.bin', 'cdk');
  const code = await run({ command, args, log, env: deployEnvironment(endpoint), cwd, onLine: watch.onLine });
  watch.end();
  if (code !== 0)
    throw new Error(`${name} failed with exit code ${code}. The end of ${log}:\n${await lastLines(log, 40)}`);
}

function deployEnvironment(endpoint: string): NodeJS.ProcessEnv {
  return {
    ...withoutAws(toolEnvironment()),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    CDK_DEFAULT_ACCOUNT: ACCOUNT,
    CDK_DEFAULT_REGION: REGION,
    CI: 'true',
    // Nothing here needs anybody on the network; cdk.json says the same, and the bootstrap runs without it.
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NO_COLOR: '1',
  };
}

/** A line for every finished stack, and a sign of life every few seconds in between. */
function watchEvents(name: string, report: Report): { onLine: (line: string) => void; end: () => void } {
  const counts = { bundled: 0, made: 0 };
  const heartbeat = setInterval(() => {
    const { bundled, made } = counts;
    report(
      `${name} … ${made > 0 ? `${made} resources made` : bundled > 0 ? `${bundled} functions bundled` : 'working'}`,
    );
  }, HEARTBEAT_MS);
  return {
    onLine: (line) => {
      if (line.startsWith('Bundling asset')) counts.bundled += 1;
      if (/\| (CREATE|UPDATE)_COMPLETE/.test(line)) counts.made += 1;
      if (line.includes('✅')) report(`${name}: ${line.replace('✅', '').trim()}`);
    },
    end: () => clearInterval(heartbeat),
  };
}
