import type { BuildOptions } from 'esbuild';
import { mailParts } from './mail-layout.ts';
import { slimPhonePlans } from './phone-plans.ts';

const MAIL_PARTS = JSON.stringify(await mailParts());

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

/** Required by most clients only for operations that stream events, of which we call none; the client of S3 loads it at once. */
const EVENT_STREAMS = '@smithy/core/event-streams';
const USES_S3 = new Set([
  'append-ledger',
  'seal-ledger',
  'show-receipt',
  'show-deletion-certificate',
  'on-mail-received',
  'take-agent-request',
]);

/** Packages that a function loads when it needs them, which is seldom: they lie beside the bundle instead of in it. */
export const LOADED_WHEN_NEEDED = ['@fastify/busboy'];

/** How every function is bundled: read by the deployment (see `bundled-code.ts`), the size test and the bench. */
export function esbuildOptions(capability: string) {
  const external = [
    ...LOADED_WHEN_NEEDED,
    ...UNUSED_CREDENTIAL_PROVIDERS,
    ...(USES_S3.has(capability) ? [] : [EVENT_STREAMS]),
  ];
  return {
    ...HOUSE_OPTIONS,
    external,
    define: {
      ...HOUSE_OPTIONS.define,
      // esbuild puts it only where it is used: into functions that write mails.
      MAIL_PARTS,
      // What lies beside a module in the source lies beside the bundle (see companions.ts).
      'import.meta.dirname': '__dirname',
    },
    alias: { 'libphonenumber-js/min/metadata': slimPhonePlans() },
  } satisfies BuildOptions;
}

const HOUSE_OPTIONS = {
  bundle: true,
  platform: 'node',
  // In ESM output an import of `node:http` runs its lazy getters, which costs about 50 ms of start-up.
  format: 'cjs',
  // The SDK's own `import('node:http')` would run them, too: as `require` it does not.
  supported: { 'dynamic-import': false },
  target: 'node24',
  // CommonJS has no such thing, and email-reply-parser asks for it when it is loaded, to look for a package that is not there.
  define: { 'import.meta.url': '__filename' },
  // esbuild's default for Node prefers CommonJS, of which nothing can be left out.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: false,
  charset: 'utf8',
} satisfies BuildOptions;
