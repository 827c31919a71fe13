import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './tests/durations/longest-first.ts';

/** Drawing an image takes half a second of a free core; several times that when the machine is busy. */
const UNIT_TEST_TIMEOUT_MS = 60_000;
/** Real servers answer in milliseconds; on a busy two-core machine one slot's twenty avatars may take minutes. Only a test that hangs waits for so long. */
const INTEGRATION_TEST_TIMEOUT_MS = 300_000;
/** How long a test waits for what it polls: longer than the page's longest pause between two tries to reconnect. */
const POLL_TIMEOUT_MS = 120_000;
/** Some suites start a stack of their own, to crash it. */
const INTEGRATION_HOOK_TIMEOUT_MS = 300_000;
/** At the end of a run, servers stop and all logs are searched for secrets. After the default of 10 s, nobody would hear of a hit. */
const TEARDOWN_TIMEOUT_MS = 60_000;
/** Instead of in threads of their own, where nobody could see which lines are covered. */
const WORKFLOWS_IN_THIS_THREAD = { TEMPORAL_DEBUG: 'true' };
/** The folders whose lines must be covered, and by how much at least. */
const COVERED = ['domain', 'workflows', 'activities', 'drizzle', 'api'];
const COVERED_LINES_PERCENT = 85;

/** Workers and programs under test compile a module once, not at each of some hundred starts. */
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/compiled-code', import.meta.url));

const REPLACES_MODULES = 'tests/generation/nondeterministic-encoding.test.ts';

const INTEGRATION = {
  exclude: [...configDefaults.exclude, '.data/**'],
  globalSetup: ['tests/support/global-setup.ts'],
  env: WORKFLOWS_IN_THIS_THREAD,
  testTimeout: INTEGRATION_TEST_TIMEOUT_MS,
  hookTimeout: INTEGRATION_HOOK_TIMEOUT_MS,
  // After the unit tests: what is wrong there is cheaper to read.
  sequence: { groupOrder: 2 },
};

export default defineConfig({
  test: {
    // Servers and browsers do two thirds of the work: a fourth worker makes each test slower and the whole no faster.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    ...(process.env['RECORD_DURATIONS'] && { reporters: ['default', './tests/durations/duration-reporter.ts'] }),
    expect: { poll: { timeout: POLL_TIMEOUT_MS } },
    teardownTimeout: TEARDOWN_TIMEOUT_MS,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // They leave nothing behind, so that modules are loaded once instead of once a file.
          isolate: false,
          include: ['**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.int.test.ts', 'tests/**', '.data/**'],
          testTimeout: UNIT_TEST_TIMEOUT_MS,
          hookTimeout: UNIT_TEST_TIMEOUT_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          environment: 'happy-dom',
          include: ['web/**/*.test.tsx'],
          setupFiles: ['web/testing/timeouts.ts'],
          testTimeout: UNIT_TEST_TIMEOUT_MS,
          hookTimeout: UNIT_TEST_TIMEOUT_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'mocked',
          include: ['workflows/**/*.int.test.ts'],
          globalSetup: ['tests/support/mocks/global-setup.ts'],
          // Files share a process and its Temporal workers; all tests of a file run at once, because they wait for the server.
          isolate: false,
          // The server needs the rest of two cores.
          maxWorkers: 2,
          maxConcurrency: 100,
          env: WORKFLOWS_IN_THIS_THREAD,
          testTimeout: INTEGRATION_TEST_TIMEOUT_MS,
          hookTimeout: INTEGRATION_HOOK_TIMEOUT_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // It replaces a module of the product, which others must not share.
        test: { ...INTEGRATION, name: 'isolated', include: [REPLACES_MODULES] },
      },
      {
        extends: true,
        test: {
          ...INTEGRATION,
          name: 'integration',
          // They close what they open, so that modules are loaded once instead of once a file.
          isolate: false,
          include: ['tests/**/*.test.ts', '**/*.int.test.ts'],
          exclude: [...INTEGRATION.exclude, 'workflows/**', REPLACES_MODULES],
        },
      },
    ],
    coverage: {
      provider: 'custom',
      customProviderModule: 'tests/support/coverage-provider.ts',
      include: COVERED.map((folder) => `${folder}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/testing/**', 'drizzle/drizzle.config.ts'],
      // The workflows' bundle is measured as one file and belongs to many.
      excludeAfterRemap: true,
      reporter: ['text-summary', 'html', 'json-summary'],
      // Each on its own: a well-tested folder does not make up for another.
      thresholds: Object.fromEntries(COVERED.map((folder) => [`${folder}/**`, { lines: COVERED_LINES_PERCENT }])),
    },
  },
});
