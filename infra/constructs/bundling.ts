import type { BuildOptions } from 'esbuild';

/**
 * Lambda hands credentials over in the environment, which is the first link of the SDK's chain. The other links are
 * required only when that one fails, so they are left out of the bundle: fewer bytes, faster start.
 */
const UNUSED_CREDENTIAL_PROVIDERS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** Required by the SDK only for operations that stream events, of which we call none. */
const UNUSED_PROTOCOLS = ['@smithy/core/event-streams'];

/** How every function is bundled: read by the deployment (see `bundled-code.ts`), the size test and the bench. */
export const esbuildOptions = {
  bundle: true,
  platform: 'node',
  // In ESM output an import of `node:http` runs its lazy getters, which costs about 50 ms of start-up.
  format: 'cjs',
  // The SDK's own `import('node:http')` would run them, too: as `require` it does not.
  supported: { 'dynamic-import': false },
  target: 'node24',
  // esbuild's default for Node prefers CommonJS, of which nothing can be left out.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: false,
  // Escaped, the strings of four languages are longer.
  charset: 'utf8',
  external: [...UNUSED_CREDENTIAL_PROVIDERS, ...UNUSED_PROTOCOLS],
} satisfies BuildOptions;
