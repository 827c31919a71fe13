import { createProgress } from '#stack/progress.ts';
import { startStack } from '#stack/start-stack.ts';
import { testEnvironment } from '../support/temporary-stack.ts';

// A launcher as a separate process, for tests that kill it or run it as another user: run-stack.ts DATA_DIR.
const dataDir = process.argv[2] ?? '';
const stack = await startStack({
  dataDir,
  env: testEnvironment(),
  durable: false,
  temporalUi: false,
  progress: createProgress(process.stderr),
});
process.stdout.write(
  `${JSON.stringify({ databaseUrl: stack.databaseOwnerUrl, temporalAddress: stack.temporalAddress })}\n`,
);
process.once('SIGTERM', () => void stack.stop().then(() => process.exit(0)));
