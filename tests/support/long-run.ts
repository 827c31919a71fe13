/** Tests that find more the longer they run: a slice of each is in `npm test`, the rest in `npm run long -- <name>`. */
export const LONG_RUNS = {
  alerts: {
    what: 'each alert on series with and without its fault, by promtool, and many on a real stack with faults',
    files: ['tests/alerts/alerts.test.ts', 'tests/alerts/real-stack.test.ts'],
    minutes: 14,
  },
  browsers: {
    what: 'the story of a new user in Firefox and WebKit, at both widths',
    files: ['tests/browsers/browsers.test.ts'],
    minutes: 6,
  },
  contract: {
    what: 'generated requests to every operation of the HTTP API (schemathesis)',
    files: ['tests/contract/schemathesis.test.ts'],
    minutes: 30,
  },
  credentials: {
    what: 'the C2PA manifests of downloads, read by the reference implementation in Python',
    files: ['tests/provenance/independent-reader.test.ts'],
    minutes: 2,
  },
  crashes: {
    what: 'a worker killed before and after each effect of a generation',
    files: ['tests/generation/worker-crashes.test.ts'],
    minutes: 5,
  },
  demo: {
    what: 'npm run demo: each act on a whole studio, and the audit of its ledger',
    files: ['tests/demo/demo.test.ts'],
    minutes: 3,
  },
  ledger: {
    what: 'random ledger steps with crashes and repeats, against a model in memory',
    files: ['drizzle/ledger/model.int.test.ts'],
    minutes: 10,
  },
  linearizability: {
    what: 'at least 1,000 concurrent histories of the ledger, and 100,000 races of capture against release',
    files: ['drizzle/ledger/linearizability.int.test.ts', 'drizzle/ledger/capture-against-release.int.test.ts'],
    minutes: 3,
  },
  'sql-mutants': {
    what: 'changes of the SQL of money and delivery: a test has to notice each',
    files: ['tests/sql-mutants/sql-mutants.test.ts'],
    minutes: 60,
  },
  matrices: {
    what: 'every row of the matrices of which npm test tries a slice: crashes, faults, providers, starts, screens',
    files: [
      'activities/image/delivered-image.test.ts',
      'activities/image/sanitize-upload.test.ts',
      'activities/moderation/nsfw-moderator.test.ts',
      'activities/providers/conformance.test.ts',
      'drizzle/connection/database.int.test.ts',
      'drizzle/queries/avatars/avatar-list.int.test.ts',
      'illustrator/render-portrait.test.ts',
      'tests/canaries/canaries.test.ts',
      'tests/contract/matrix.test.ts',
      'tests/generation/batch-crashes.test.ts',
      'tests/generation/batches.test.ts',
      'tests/generation/every-provider.test.ts',
      'tests/generation/generate-image-crashes.test.ts',
      'tests/generation/provider-failures.test.ts',
      'tests/generation/queue.test.ts',
      'tests/processes/failing-starts.test.ts',
      'tests/uploads/hostile-files.test.ts',
      'tests/web/accessibility.test.ts',
      'tests/web/account-accessibility.test.ts',
      'tests/web/admin.test.ts',
      'tests/web/in-progress.test.ts',
      'tests/web/narrow-screens.test.ts',
      'tests/web/oidc.test.ts',
      'tests/web/prompt-field.test.ts',
      'tests/web/user-journey.test.ts',
      'tests/web/variations.test.ts',
      'workflows/generate-avatar/cancellation.int.test.ts',
      'workflows/generate-avatar/generate-avatar.int.test.ts',
      'workflows/generate-batch/generate-batch.int.test.ts',
      'workflows/upkeep.int.test.ts',
    ],
    minutes: 40,
  },
  mutation: {
    what: 'changes of the rules in domain/ and of authentication: a unit test has to notice 85 % (Stryker)',
    files: ['tests/mutation/mutation.test.ts'],
    minutes: 90,
  },
  overload: {
    what: 'five times the capacity for a minute, and a rolling restart of all processes under load',
    files: ['tests/processes/under-load.test.ts'],
    minutes: 1,
  },
  soak: {
    what: 'half of the measured capacity: every avatar is delivered, memory stays flat, and the audit is empty',
    files: ['tests/processes/soak.test.ts'],
    minutes: 30,
  },
  streams: {
    what: '10,000 event streams of one API process: memory, pushes, a lost session, reconnects after a crash and a stop',
    files: ['tests/streams/streams.test.ts'],
    minutes: 5,
  },
  usage: {
    what: 'random concurrent uses, outcomes and deletions, against recounted rollups',
    files: ['drizzle/queries/usage/usage-rollups.int.test.ts'],
    minutes: 5,
  },
  lists: {
    what: 'plans of every reading route among 200,000 avatars, with any filter or sort order',
    files: ['tests/lists/query-plans.test.ts'],
    minutes: 10,
  },
  secrets: {
    what: 'tracked files and every commit, searched for keys and tokens',
    files: ['tests/supply-chain/secrets.test.ts'],
    minutes: 5,
  },
  layout: {
    what: 'layout shift of a gallery of 500 avatars while 20 more are generated, at both widths',
    files: ['tests/layout-stability/layout-stability.test.ts'],
    minutes: 5,
  },
  faults: {
    what: 'a whole studio under load and every kind of fault, then every promise is checked',
    files: ['tests/faults/faults.test.ts'],
    minutes: 10,
  },
  bugs: {
    what: 'mends taken back one by one in a copy of the tree, each of which the faults must show',
    files: ['tests/faults/faults.test.ts'],
    minutes: 25,
  },
  restarts: {
    what: 'the same, with 5,000 generations while Postgres is killed every 5 to 10 seconds',
    files: ['tests/faults/faults.test.ts'],
    minutes: 25,
  },
} as const satisfies Record<string, { what: string; files: readonly string[]; minutes: number }>;

export type LongRunName = keyof typeof LONG_RUNS;

/** What a long run may spend. */
export interface LongRun {
  /** Of everything random in it. */
  readonly seed: number;
  readonly minutes: number;
  /** Whether to write the run's own document, besides its row in docs/long-runs.md. */
  readonly record: boolean;
  /** The only seeded bugs to find, for `bugs`. */
  readonly bugs: readonly string[] | undefined;
  /** The only functions and constraints to change, for `sql-mutants`. */
  readonly functions: readonly string[] | undefined;
}

/** The long run that this process belongs to. @returns undefined in `npm test`, which runs the slice */
export function readLongRun(name: LongRunName): LongRun | undefined {
  const { LONG_RUN, LONG_SEED, LONG_MINUTES, LONG_RECORD, LONG_BUG, LONG_FUNCTION } = process.env;
  if (LONG_RUN !== name) return undefined;
  return {
    seed: Number(LONG_SEED),
    minutes: Number(LONG_MINUTES),
    record: LONG_RECORD === 'on',
    bugs: LONG_BUG?.split(','),
    functions: LONG_FUNCTION?.split(','),
  };
}

/**
 * The rows of a matrix that this run tries: all in the long run, a slice in `npm test`.
 * @param inSlice chooses the slice: each kind of row has one that would fail with its kind
 */
export function rowsOf<Row>(
  name: LongRunName,
  rows: readonly Row[],
  inSlice: (row: Row, index: number) => boolean,
): readonly Row[] {
  return readLongRun(name) === undefined ? rows.filter(inSlice) : rows;
}

/** Options of fast-check, and the time limit of the test, ms. */
export interface PropertyLimits {
  readonly parameters: { readonly numRuns: number; readonly seed?: number; readonly interruptAfterTimeLimit?: number };
  readonly timeoutMs: number;
}

/**
 * How often a property is tried.
 * @param slice runs in `npm test`
 * @param properties how many properties share the minutes of the long run
 */
export function propertyLimits(
  name: LongRunName,
  { slice, properties }: { readonly slice: number; readonly properties: number },
): PropertyLimits {
  const long = readLongRun(name);
  if (long === undefined) return { parameters: { numRuns: slice }, timeoutMs: 120_000 };
  const interruptAfterTimeLimit = (long.minutes * 60_000) / properties;
  return {
    parameters: { numRuns: 1_000_000, seed: long.seed, interruptAfterTimeLimit },
    timeoutMs: interruptAfterTimeLimit + 120_000,
  };
}

/** Says a figure of this run, which `npm run long -- <name> --record` writes into the documents. */
export function reportFigure(text: string): void {
  console.info(`figure: ${text}`);
}
