import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { readConfig } from '../../infra/config.ts';
import type { esbuildOptions } from '../../infra/constructs/bundling.ts';
import { copyCompanions } from '../../infra/constructs/companions.ts';
import { openApiDocument } from '../../infra/openapi.ts';
import { writtenRopa } from '../../infra/written-ropa.ts';
import { SCHEDULE_FILE } from '../../shared/names.ts';

/** One function as it is deployed. */
export interface Bundle {
  capability: string;
  file: string;
  bytes: number;
  /** Bytes in the bundle by source file, relative to the project. */
  inputs: ReadonlyMap<string, number>;
}

/** Every folder under `functions/` that is deployed, in order of name; those without a handler are commands. */
export async function capabilities(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'functions'), { withFileTypes: true });
  return entries
    .filter(({ name }) => existsSync(join(root, 'functions', name, 'handler.ts')))
    .map(({ name }) => name)
    .sort();
}

/** Bundles one function of the project at `root` with the deployment's own options. */
export async function bundleFunction(root: string, capability: string, outdir: string): Promise<Bundle> {
  const file = join(outdir, capability, 'index.js');
  const { metafile } = await build({
    ...(await deployedOptions(root, capability)),
    absWorkingDir: root,
    entryPoints: [join(root, 'functions', capability, 'handler.ts')],
    outfile: file,
    metafile: true,
    logLevel: 'warning',
  });
  copyCompanions({ root, modules: Object.keys(metafile.inputs), folder: join(outdir, capability) });
  return { capability, file, ...weigh(metafile) };
}

async function deployedOptions(root: string, capability: string): Promise<ReturnType<typeof esbuildOptions>> {
  const module = (await import(join(root, 'infra', 'constructs', 'bundling.ts'))) as {
    esbuildOptions: typeof esbuildOptions;
  };
  return module.esbuildOptions(capability);
}

/** Writes the files that the deploy puts beside bundles, all into one folder. */
export async function writeCompanions(folder: string): Promise<void> {
  const config = readConfig({});
  const texts = {
    'openapi.json': openApiDocument(),
    'ropa.json': writtenRopa(config),
    [SCHEDULE_FILE]: config.schedule,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(texts)) await writeFile(join(folder, name), JSON.stringify(content));
}

function weigh({ outputs }: Metafile): Pick<Bundle, 'bytes' | 'inputs'> {
  const [output] = Object.values(outputs);
  if (output === undefined) throw new Error('esbuild wrote no bundle');
  const inputs = Object.entries(output.inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const);
  return { bytes: output.bytes, inputs: new Map(inputs) };
}
