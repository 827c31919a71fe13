import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { allMutants } from './all-mutants.ts';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants.ts';
import { startJudging, type Judging } from './judging.ts';
import type { SqlMutant } from './mutate-sql.ts';

const long = readLongRun('sql-mutants');
const SLICE_MUTANTS = 3;
/** For one mutant that survives all files, and for starting. */
const TIMEOUT_MS = 180_000 + (long?.minutes ?? 0) * 60_000;
/** Which test killed each mutant, written by the long run: the slice runs just that test. */
const KILLED_BY = new URL('./killed-by.json', import.meta.url);
/** The quick tests of the ledger, of what records deliveries and of moderation, each with the mutants that it most probably kills. */
const FILES: readonly (readonly [file: string, mutants: RegExp])[] = [
  [
    'drizzle/ledger/constraints.int.test.ts',
    /^(accounts|avatars?|batches|credit_transfers|provider_(attempts|spending)|avatar_generations|avatar_tombstones)_\w+: /,
  ],
  [
    'drizzle/ledger/guards.int.test.ts',
    /^(change_generation|forbid_change|ledger_audit|add_avatar_tombstone)|may write it$|after the foreign key$/,
  ],
  ['drizzle/ledger/reserve.int.test.ts', /^(reserve_generation|apply_transfer|ledger_clock)/],
  ['drizzle/ledger/resolve.int.test.ts', /^(record_avatar|deliver_avatar|release_generation)/],
  ['drizzle/ledger/refund.int.test.ts', /^refund_generation/],
  ['drizzle/ledger/topup.int.test.ts', /^(post_topup|topup_account|payment_key)/],
  [
    'drizzle/queries/objects/stored-objects.int.test.ts',
    /^unlink_objects|^(record_avatar|add_avatar_tombstone): .*(object|o\.)/,
  ],
  ['drizzle/ledger/reserve-batch.int.test.ts', /^(reserve_batch|delete_unanswered)/],
  ['drizzle/queries/accounts/accounts.int.test.ts', /^(open_user_account|refuse_erased)/],
  [
    'drizzle/queries/providers/provider-spending.int.test.ts',
    /_provider_budget|^count_spending|^begin_(permitted_|first_)?purchase/,
  ],
  ['drizzle/ledger/races.int.test.ts', /before the account is locked|before they are written/],
  ['drizzle/queries/generations/generations.int.test.ts', /^delete_unanswered/],
  ['drizzle/ledger/starter-credits.int.test.ts', /starter|withholding|^open_user_account/],
  ['drizzle/queries/accounts/abuse-strikes.int.test.ts', /strike/],
  ['api/moderation/objections.int.test.ts', /objection|^forgive_strike/],
  ['api/moderation/reports.int.test.ts', /taken_down|takedown|report/],
  ['drizzle/queries/generations/attempts.int.test.ts', /^$/],
  ['drizzle/schema.int.test.ts', /^$/],
];

let killers: Record<string, string>;
let judging: Judging;
beforeAll(async () => {
  killers = JSON.parse(await readFile(KILLED_BY, 'utf8')) as Record<string, string>;
  judging = await startJudging();
});
afterAll(() => judging.close());

/** Runs the test that killed the mutant before, then the file that probably does, then all the others. */
async function judge({ id, sql }: SqlMutant): ReturnType<Judging['judge']> {
  const [file, ...name] = killers[id]?.split(' > ') ?? [];
  const [probable, others] = [true, false].map((wanted) =>
    FILES.filter(([, mutants]) => mutants.test(id) === wanted).map(([path]) => path),
  );
  const rounds = [
    ...(file === undefined ? [] : [{ files: [file], ...(name.length > 0 && { testName: name.join(' ') }) }]),
    { files: probable! },
    { files: others! },
  ].filter(({ files }) => files.length > 0);
  for (const tests of rounds) {
    const judgment = await judging.judge(sql, tests);
    if (judgment.kind === 'invalid' || judgment.killedBy !== null) return judgment;
  }
  return { kind: 'judged', killedBy: null };
}

describe('the tests of the ledger', () => {
  it(
    'pass on its own SQL, so that a failure tells of the mutant',
    async () => {
      const files = FILES.slice(0, long ? FILES.length : 1).map(([file]) => file);
      expect(await judging.judge('SELECT 1', { files })).toEqual({ kind: 'judged', killedBy: null });
    },
    TIMEOUT_MS,
  );

  it(
    'fail on each mutant of its SQL',
    async () => {
      const startedAt = performance.now();
      const isChosen = (id: string) => long?.functions?.includes(id.slice(0, id.indexOf(':'))) ?? true;
      const mutants = (await allMutants()).filter(({ id }) => EQUIVALENT_MUTANTS[id] === undefined && isChosen(id));
      const seed = long?.seed ?? Math.floor(Math.random() * 2 ** 31);
      const shuffled = fc.sample(fc.shuffledSubarray(mutants, { minLength: mutants.length }), { numRuns: 1, seed })[0]!;
      // Those that no test is known for come first.
      const chosen = long
        ? shuffled.toSorted((a, b) => Number(a.id in killers) - Number(b.id in killers))
        : shuffled.filter(({ id }) => id in killers).slice(0, SLICE_MUTANTS);
      const isOver = () => performance.now() - startedAt > (long?.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
      const survivors: string[] = [];
      const counts = { killed: 0, invalid: 0 };
      for (const mutant of chosen) {
        if (isOver()) break;
        const judgment = await judge(mutant);
        if (judgment.kind === 'invalid') counts.invalid += 1;
        else if (judgment.killedBy === null) survivors.push(mutant.id);
        else {
          counts.killed += 1;
          if (long) await rememberKiller(mutant.id, judgment.killedBy);
        }
      }
      const judged = counts.killed + survivors.length;
      reportFigure(
        `${long?.functions ? `${long.functions.join(', ')}: ` : ''}${counts.killed} of ${judged} mutants killed, ${Object.keys(EQUIVALENT_MUTANTS).length} equivalent, ${counts.invalid} not valid SQL`,
      );
      expect(survivors, `seed ${seed}`).toEqual([]);
      expect(counts.killed).toBeGreaterThanOrEqual(long ? 1 : SLICE_MUTANTS);
    },
    TIMEOUT_MS,
  );
});

async function rememberKiller(id: string, killedBy: string): Promise<void> {
  killers[id] = killedBy;
  const sorted = Object.entries(killers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(KILLED_BY, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}
