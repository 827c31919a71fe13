import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { openScene } from '#tests/support/database/ledger-scene.ts';
import { anyCrash, anyStep, runCrashing, type Scene } from '#tests/support/database/ledger-steps.ts';
import { findViolation, type Operation, type Violation } from '#tests/support/linearizability/find-violation.ts';
import {
  ledgerSpecification,
  runOnLedger,
  type LedgerInput,
} from '#tests/support/linearizability/ledger-specification.ts';
import { readLongRun, reportFigure } from '#tests/support/long-run.ts';
import { audit } from './audit.ts';

const long = readLongRun('linearizability');
const SLICE_HISTORIES = 10;
const LONG_HISTORIES = 1_000;
const TIMEOUT_MS = 120_000 + (long?.minutes ?? 0) * 60_000;

/** Of one account: few generations and many callers, so that most steps meet. */
const REQUESTS = 3;
const CLIENTS = 7;
const ACCOUNTS = 2;
const fixture = useDatabase({ poolSize: CLIENTS * ACCOUNTS });

const anyRun: fc.Arbitrary<LedgerInput['run']> = fc.oneof(
  { weight: 15, arbitrary: anyStep(REQUESTS) },
  { weight: 4, arbitrary: fc.constant({ do: 'read_account' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read_generation' as const), input: fc.nat(REQUESTS - 1) }) },
);
const anyCall = fc.oneof(
  { weight: 15, arbitrary: fc.record({ run: anyRun }) },
  { weight: 1, arbitrary: fc.record({ run: anyStep(REQUESTS), crash: anyCrash }) },
);
type AnyCall = typeof anyCall extends fc.Arbitrary<infer Call> ? Call : never;
/** The calls of each client, one after the other. */
const anyClients = fc.array(fc.array(anyCall, { minLength: 4, maxLength: 8 }), {
  minLength: CLIENTS,
  maxLength: CLIENTS,
});

/** Runs a call on the real ledger. */
async function observe(scene: Scene, call: AnyCall): Promise<Operation<LedgerInput>> {
  const input = { accountId: scene.accountId, run: call.run };
  const calledAt = performance.now();
  if ('crash' in call) {
    await runCrashing(scene, call.run, call.crash);
    return { input, output: undefined, calledAt, returnedAt: performance.now() };
  }
  const output = await runOnLedger(scene, call.run);
  return { input, output, calledAt, returnedAt: performance.now() };
}

/** Lets the clients of several accounts loose at once. @returns what is wrong with the history, if anything */
async function runHistory(seed: number): Promise<{ violation: Violation<LedgerInput> | undefined; calls: number }> {
  const opened = await Promise.all(Array.from({ length: ACCOUNTS }, () => openScene(fixture, REQUESTS)));
  const clients = opened.flatMap(({ scene }, account) =>
    fc.sample(anyClients, { numRuns: 1, seed: seed + account })[0]!.map(async (calls) => {
      const operations: Operation<LedgerInput>[] = [];
      for (const call of calls) operations.push(await observe(scene, call));
      return operations;
    }),
  );
  const history = (await Promise.all(clients)).flat();
  return { violation: findViolation(ledgerSpecification(opened), history), calls: history.length };
}

/** One operation a row, as the clients saw them. */
function describeViolation({ operations, explained }: Violation<LedgerInput>): string {
  const start = operations[0]!.calledAt;
  const ms = (time: number) => (time - start).toFixed(2).padStart(8);
  const rows = operations.map((operation) => {
    const mark = explained.includes(operation) ? String(explained.indexOf(operation) + 1) : '?';
    const { calledAt, returnedAt, output = 'crashed' } = operation;
    return `${ms(calledAt)} – ${ms(returnedAt)} ${mark.padStart(3)} ${JSON.stringify(operation.input.run)}: ${output}`;
  });
  return ['No sequence explains these outputs (ms, position in the longest one):', ...rows].join('\n');
}

describe('the ledger, as its concurrent callers see it', () => {
  it(
    'is linearizable: every step and read happens at one moment between its call and its return',
    async () => {
      const startedAt = performance.now();
      const firstSeed = long?.seed ?? Math.floor(Math.random() * 2 ** 31);
      const least = long ? LONG_HISTORIES : SLICE_HISTORIES;
      const isOver = () => performance.now() - startedAt > (long?.minutes ?? 0) * 60_000;
      let [histories, operations] = [0, 0];
      for (; histories < least || !isOver(); histories += 1) {
        const seed = firstSeed + histories * ACCOUNTS;
        const { violation, calls } = await runHistory(seed);
        if (violation) throw new Error(`Seed ${seed}. ${describeViolation(violation)}`);
        operations += calls;
      }
      expect(await audit(fixture.database)).toEqual([]);
      reportFigure(`${histories} histories of ${operations} operations`);
    },
    TIMEOUT_MS,
  );
});
