/** `npm run long -- mutation`. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  mutate: [
    'domain/**/*.ts',
    'api/auth/*.ts',
    'api/middleware/authenticate.ts',
    '!**/*.test.ts',
    // Its tests set the time zone of their process, which the threads of Stryker can't.
    '!domain/generation/refusal-message.ts',
    // A command; what it reads is tested with token-request.ts.
    '!api/auth/print-token.ts',
  ],
  coverageAnalysis: 'perTest',
  // Tables that are read when a module is loaded: a mutant there would need all tests in a new process.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.data/mutation/report.json' },
  // A run that was interrupted, or a later one, judges only what has changed.
  incremental: true,
  incrementalFile: '.data/mutation/incremental.json',
  tempDirName: '.data/mutation/sandbox',
  ignorePatterns: ['.data', 'coverage', 'docs', 'web/dist', 'tests/replay/histories', 'sdk/dist'],
  disableTypeChecks: false,
};
