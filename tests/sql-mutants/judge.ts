import { relative } from 'node:path';
import { createVitest, type Reporter } from 'vitest/node';
import type { SharedStack } from '../support/stack.ts';

/** Runs tests on copies of one database. */
export interface JudgeRequest {
  /** With the database that the tests copy, as `databaseTemplate`. */
  readonly stack: SharedStack;
  /** Paths from the root. */
  readonly files: readonly string[];
  /** Of the only test that runs; all of the files by default. */
  readonly testName?: string;
}

export interface JudgeReply {
  /** The first test that failed, as `file > name`; null when all passed. */
  readonly killedBy: string | null;
}

const ROOT = new URL('../../', import.meta.url).pathname;
/** A mutant may make a test wait for what never comes. */
const TIMEOUT_MS = 15_000;

/** Of the current run. Its result also lists the modules of earlier runs. */
let failures: string[] = [];
const collectFailures: Reporter = {
  onTestCaseResult(test) {
    if (test.result().state === 'failed') failures.push(`${relative(ROOT, test.module.moduleId)} > ${test.fullName}`);
  },
  onTestModuleEnd(module) {
    // Such as the audit after a file's tests.
    const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())];
    for (const { message } of errors) failures.push(`${relative(ROOT, module.moduleId)} > ${message.split('\n')[0]}`);
  },
};
const vitest = await createVitest({
  root: ROOT,
  config: false,
  watch: false,
  include: ['drizzle/**/*.int.test.ts', 'api/moderation/*.int.test.ts'],
  reporters: [collectFailures],
  bail: 1,
  // No test changes a module, and a database is each file's own.
  isolate: false,
  pool: 'threads',
  maxWorkers: 2,
  testTimeout: TIMEOUT_MS,
  hookTimeout: TIMEOUT_MS,
  env: { TEMPORAL_DEBUG: 'true' },
});

async function judge({ stack, files, testName }: JudgeRequest): Promise<JudgeReply> {
  vitest.provide('stack', stack);
  if (testName === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(new RegExp(`^${testName.replaceAll(/[^\w ]/g, String.raw`\$&`)}$`));
  failures = [];
  const { unhandledErrors } = await vitest.runTestSpecifications(await vitest.globTestSpecifications([...files]));
  return { killedBy: failures[0] ?? (unhandledErrors.length > 0 ? 'an unhandled error' : null) };
}

process.on('message', (request: JudgeRequest) => {
  void judge(request).then(
    (reply) => process.send!(reply),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send!('ready');
