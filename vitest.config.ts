import { defineConfig } from 'vitest/config';
import { mailParts } from './infra/constructs/mail-layout.ts';

// As the bundler does it.
const define = { MAIL_PARTS: JSON.stringify(await mailParts()) };

const endToEnd = {
  include: ['test/e2e/**/*.test.ts'],
  globalSetup: 'test/e2e/setup.ts',
  // One stack serves all files: they would see each other's mails otherwise.
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 180_000,
};

// What runs in this process, and what needs the local AWS (booted and stopped by its global setup).
export default defineConfig({
  test: {
    // CI counts from the JSON report; people read the other one.
    reporters: process.env.CI ? ['default', ['json', { outputFile: '.local/test-results.json' }]] : ['default'],
    projects: [
      {
        define,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          // The default leaves one core to vitest itself, which on two cores is half of the machine.
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...endToEnd, name: 'e2e', exclude: ['test/e2e/iam.test.ts'] } },
      // Once more with the local AWS enforcing every policy, and what only then can be seen. How a page looks and what a keyboard can do depend on
      // no policy; that looking changes nothing says more where none would prevent it.
      {
        test: {
          ...endToEnd,
          name: 'e2e-iam',
          exclude: ['browser', 'keyboard', 'looking-changes-nothing'].map((name) => `test/e2e/${name}.test.ts`),
        },
      },
    ],
  },
});
