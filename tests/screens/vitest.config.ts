import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Drawing three dozen avatars and looking at forty views four times over. */
const TAKING_LIMIT_MS = 25 * 60_000;

/** `npm run screens`: the stack of the integration tests, for the one file that takes images of every view. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/screens/capture-screens.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: TAKING_LIMIT_MS,
    hookTimeout: TAKING_LIMIT_MS,
  },
});
