import { configDefaults, defineConfig } from 'vitest/config';

/** Real servers answer in milliseconds; on a busy two-core machine a whole avatar may take seconds. */
const INTEGRATION_TEST_TIMEOUT_MS = 60_000;
/** Some suites start a stack of their own, to crash it. */
const INTEGRATION_HOOK_TIMEOUT_MS = 120_000;

export default defineConfig({
  test: {
    // Files side by side would only take turns on two cores, whatever the machine has: the servers need some too.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.int.test.ts', 'tests/**', '.data/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          environment: 'happy-dom',
          include: ['web/**/*.test.tsx'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '.data/**'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: INTEGRATION_TEST_TIMEOUT_MS,
          hookTimeout: INTEGRATION_HOOK_TIMEOUT_MS,
          // After the unit tests: what is wrong there is cheaper to read.
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['domain/**/*.ts', 'workflows/**/*.ts', 'activities/**/*.ts', 'drizzle/**/*.ts', 'api/**/*.ts'],
      exclude: ['**/*.test.ts', 'drizzle/drizzle.config.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
});
