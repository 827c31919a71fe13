import { configDefaults, defineConfig } from 'vitest/config';

/** Stryker runs these for each mutant: the unit tests of the rules and of authentication. */
export default defineConfig({
  test: {
    include: [
      'domain/**/*.test.ts',
      // What the rules of moderation make of prompts.
      'api/moderation/*.test.ts',
      'api/auth/*.test.ts',
      'api/middleware/authenticate.test.ts',
    ],
    exclude: [...configDefaults.exclude, '**/*.int.test.ts', 'domain/generation/refusal-message.test.ts'],
    isolate: false,
    // On a busy machine; Stryker has time limits of its own for mutants.
    testTimeout: 60_000,
  },
});
