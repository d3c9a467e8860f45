import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { esbuildOptions } from './bundling.ts';

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
  buildSync({
    ...esbuildOptions,
    entryPoints: [join(ROOT, 'functions', capability, 'handler.ts')],
    absWorkingDir: ROOT,
    outfile: join(folder, 'index.js'),
    logLevel: 'warning',
  });
  for (const [name, content] of Object.entries(companions)) writeFileSync(join(folder, name), content());
  return true;
}
