import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { readConfig } from '../../infra/config.ts';
import { ENV } from '../../shared/names.ts';
import { type Bundle, bundleFunction, capabilities, writeCompanions } from './bundle.ts';
import { startFakeAws } from './fake-aws.ts';
import { type Sample, type Starter, type Subject, sample } from './measure.ts';
import { aims, type Row, table, why } from './report.ts';
import { ordinaryScenario } from './scenario.ts';

const USAGE = `npm run bench -- [--runs 15] [--only name,name] [--against other/checkout] [--why function]`;

const ROOT = resolve(import.meta.dirname, '..', '..');
const OUT = join(ROOT, '.build', 'bench');
const WARM_RUNS = 3;
const WARM_REQUESTS = 300;

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    only: { type: 'string' },
    against: { type: 'string' },
    why: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (options.help) print(USAGE);
else if (options.why) print(why(await bundleFunction(ROOT, options.why, OUT)));
else await bench(Number(options.runs));

async function bench(runs: number): Promise<void> {
  const scenario = await ordinaryScenario();
  await writeCompanions(join(OUT, 'companions'));
  const bundles = await bundleAll();
  const bare = await bareBundle();
  const aws = await startFakeAws(scenario.contents);
  try {
    const starter = { child: await bundleChild(), environment: environment(aws.url) };
    const subjects = [bare, ...bundles].map((bundle) => ({ ...bundle, event: eventOf(bundle, scenario.events) }));
    const samples = await interleave(starter, subjects, runs);
    const toRow = ({ name, bytes }: Named): Row => ({ name, bytes, samples: samples.get(name) ?? [] });
    const rows = bundles.map(toRow).filter((row) => row.samples.length > 0);
    print(`${table(toRow(bare), rows)}\n\n${aims(toRow(bare), rows)}`);
  } finally {
    aws.stop();
  }
}

type Named = Bundle & { name: string };

async function bundleAll(): Promise<Named[]> {
  const wanted = options.only?.split(',');
  const names = (await capabilities(ROOT)).filter((name) => wanted?.includes(name) ?? true);
  const ours = names.map(async (name) => ({ ...(await bundleFunction(ROOT, name, OUT)), name }));
  const { against } = options;
  const others = against === undefined ? [] : names.map((name) => otherBundle(resolve(against), name));
  return await Promise.all([...ours, ...others]);
}

async function otherBundle(root: string, capability: string): Promise<Named> {
  return { ...(await bundleFunction(root, capability, `${OUT}-against`)), name: `${capability} (other)` };
}

async function bareBundle(): Promise<Named> {
  const text = 'exports.handler = async () => ({ statusCode: 200 });\n';
  const file = join(OUT, 'bare.js');
  await mkdir(OUT, { recursive: true });
  await writeFile(file, text);
  return { name: 'bare', capability: 'bare', file, bytes: text.length, inputs: new Map() };
}

// Compiled beforehand: stripping types costs each process more than what is measured.
async function bundleChild(): Promise<string> {
  const outfile = join(OUT, 'child.js');
  await build({ entryPoints: [join(import.meta.dirname, 'child.ts')], outfile, platform: 'node', format: 'cjs' });
  // The project's own package.json says that .js is ESM; on Lambda there is none.
  await writeFile(join(OUT, 'package.json'), '{"type":"commonjs"}');
  await mkdir(`${OUT}-against`, { recursive: true });
  await writeFile(join(`${OUT}-against`, 'package.json'), '{"type":"commonjs"}');
  return outfile;
}

function environment(url: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'fake',
    AWS_SECRET_ACCESS_KEY: 'fake',
    AWS_SESSION_TOKEN: 'fake',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: join(OUT, 'companions'),
    [ENV.settings]: JSON.stringify(readConfig({}).settings),
    [ENV.publicUrl]: 'https://heed.example.org',
    [ENV.registryTable]: 'registry',
    [ENV.contactsTable]: 'contacts',
    [ENV.auditBucket]: 'audit',
    [ENV.keyRing]: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:ring',
    [ENV.mailQueueUrl]: `${url}/000000000000/mail`,
    [ENV.eventBus]: 'news',
    [ENV.configurationSet]: 'receipts',
    [ENV.ledgerTable]: 'ledger',
    [ENV.signingKey]: 'arn:aws:kms:eu-central-1:000000000000:key/ledger',
    [ENV.ledgerOrigin]: 'heed.example.org/ledger',
  };
}

function eventOf({ capability }: Bundle, events: Readonly<Record<string, object>>): object {
  return capability === 'bare' ? {} : (events[capability] ?? {});
}

/** Rounds over all subjects, so that a busy minute of the machine falls on all alike. The first round only fills caches. */
async function interleave(
  starter: Starter,
  subjects: readonly Subject[],
  runs: number,
): Promise<Map<string, Sample[]>> {
  const samples = new Map(subjects.map(({ name }) => [name, [] as Sample[]]));
  for (const subject of subjects) await trySample(starter, subject);
  for (let round = 0; round < runs; round += 1) {
    for (const subject of subjects) {
      samples.get(subject.name)?.push(...(await trySample(starter, subject, round < WARM_RUNS ? WARM_REQUESTS : 0)));
    }
  }
  return samples;
}

async function trySample(starter: Starter, subject: Subject, warm = 0): Promise<Sample[]> {
  try {
    return [await sample(starter, subject, warm)];
  } catch (error) {
    // A function that does not answer is no slow function: the others are measured, and the exit code tells.
    process.exitCode = 1;
    print(String(error));
    return [];
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
