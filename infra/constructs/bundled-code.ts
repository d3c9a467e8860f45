import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { esbuildOptions, LOADED_WHEN_NEEDED } from './bundling.ts';
import { copyCompanions } from './companions.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Files that lie beside the bundle, by name. Made while bundling. */
export type Companions = Readonly<Record<string, () => string>>;

/**
 * The deployed code of a capability. `NodejsFunction` would start npx for each function, which makes synth three times as
 * long; esbuild's own interface is the same build in one process.
 */
export function bundledCode(capability: string, companions: Companions = {}): Code {
  return Code.fromAsset(join(ROOT, 'functions', capability), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK wants an image to fall back on. It is never pulled: the local bundling either succeeds or throws.
      image: DockerImage.fromRegistry('scratch'),
      local: { tryBundle: (folder) => bundleInto(folder, capability, companions) },
    },
  });
}

function bundleInto(folder: string, capability: string, companions: Companions): true {
  const options = { ...esbuildOptions(capability), absWorkingDir: ROOT, logLevel: 'warning', metafile: true } as const;
  const { metafile } = buildSync({
    ...options,
    entryPoints: [join(ROOT, 'functions', capability, 'handler.ts')],
    outfile: join(folder, 'index.js'),
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  for (const name of LOADED_WHEN_NEEDED.filter((candidate) => imports.includes(candidate))) {
    buildSync({
      ...options,
      external: [],
      entryPoints: [name],
      outfile: join(folder, 'node_modules', name, 'index.js'),
    });
  }
  copyCompanions({ root: ROOT, modules: Object.keys(metafile.inputs), folder });
  for (const [name, content] of Object.entries(companions)) writeFileSync(join(folder, name), content());
  return true;
}
