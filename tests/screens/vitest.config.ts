import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Time to generate three dozen avatars and capture forty views on five screens. */
const CAPTURE_LIMIT_MS = 25 * 60_000;

/** `npm run screens`: runs the file that captures every view on the stack of the integration tests. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/screens/capture-screens.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: CAPTURE_LIMIT_MS,
    hookTimeout: CAPTURE_LIMIT_MS,
  },
});
