import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Two screens, measured twice each, with twenty images every time. */
const MEASURING_LIMIT_MS = 10 * 60_000;

/** `npm run bench:layout`: runs the file that measures layout stability on the stack of the integration tests. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/layout-stability/measure-layout-stability.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: MEASURING_LIMIT_MS,
    hookTimeout: MEASURING_LIMIT_MS,
  },
});
