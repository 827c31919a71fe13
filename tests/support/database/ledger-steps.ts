import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Database } from '#drizzle/connection/database.ts';
import { record } from '#drizzle/ledger/record.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { UnknownInLedger } from '#drizzle/ledger/step.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { type Crash, Crashed, crashing } from './crash.ts';
import type { LedgerModel } from './ledger-model.ts';
import { anAvatar, DEADLINE_MS } from './world.ts';

/** One step on the ledger. `input` and `avatar` are indexes within the run. */
export type Step =
  | { readonly do: 'topup'; readonly stranger: boolean; readonly reference: number; readonly amount: number }
  | { readonly do: 'reserve'; readonly input: number }
  | { readonly do: 'refund'; readonly input: number }
  | { readonly do: 'record'; readonly input: number; readonly avatar: number }
  | { readonly do: 'release'; readonly input: number; readonly status: 'failed' | 'cancelled' };

/** A step, how often its caller sends it, and how callers before it crash. */
export interface Attempted {
  readonly step: Step;
  readonly repeats: number;
  readonly crashes: readonly Crash[];
}

/** The accounts, generations and avatars of a run. */
export interface Scene {
  readonly database: Database;
  /** Connection of the application's role, for callers that crash. */
  readonly url: string;
  readonly accountId: string;
  /** Another account, for which the same payments are sent. */
  readonly strangerId: string;
  /** Indexed by the steps' `input`. */
  readonly requestIds: readonly string[];
  /** {@link AVATARS_PER_REQUEST} for each request. */
  readonly avatarIds: readonly string[];
}

/** Avatars that callers try to record for one request. */
export const AVATARS_PER_REQUEST = 2;

/** Longer than a step takes, ms, so that both "applied" and "not applied" occur. */
const CUT_AFTER_MS = 12;

export function anyStep(requests: number): fc.Arbitrary<Step> {
  const input = fc.nat(requests - 1);
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('topup' as const),
        stranger: fc.boolean(),
        reference: fc.nat(5),
        amount: fc.constantFrom(5, 20, 21),
      }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('reserve' as const), input }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('record' as const), input, avatar: fc.nat(AVATARS_PER_REQUEST - 1) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('release' as const),
        input,
        status: fc.constantFrom('failed' as const, 'cancelled' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('refund' as const), input }) },
  );
}

export const anyCrash: fc.Arbitrary<Crash> = fc.oneof(
  fc.constant({ at: 'before_commit' as const }),
  fc.record({ at: fc.constant('reply_lost' as const), afterMs: fc.nat(CUT_AFTER_MS) }),
);

export function anyAttempt(requests: number): fc.Arbitrary<Attempted> {
  return fc.record({
    step: anyStep(requests),
    repeats: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(2, 3) }),
    crashes: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(anyCrash, { minLength: 1, maxLength: 2 }) },
    ),
  });
}

/** Runs the crashing callers, then the step with its repeats. @returns each outcome as `kind` or `kind detail` */
export async function attempt(scene: Scene, { step, repeats, crashes }: Attempted): Promise<string[]> {
  for (const crash of crashes) await runCrashing(scene, step, crash);
  const results: string[] = [];
  for (let i = 0; i < repeats; i += 1) results.push((await runStep(scene, step)).result);
  return results;
}

/** Runs the step as a caller that crashes: it is applied once, or not at all. */
export async function runCrashing(scene: Scene, step: Step, crash: Crash): Promise<void> {
  const crashingDatabase = crashing(scene.database, scene.url, crash);
  await runStep({ ...scene, database: crashingDatabase }, step).catch((error: unknown) => {
    if (!(error instanceof Crashed)) throw error;
  });
}

export interface StepOutcome {
  /** `kind` or `kind detail`; the same when the step is repeated. */
  readonly result: string;
  /** This call changed the ledger: false for a replay or a refusal. */
  readonly changed: boolean;
}

export async function runStep(scene: Scene, step: Step): Promise<StepOutcome> {
  const { database, accountId, strangerId, requestIds, avatarIds } = scene;
  try {
    if (step.do === 'topup') {
      const payment = { amount: step.amount, reference: `order ${step.reference} of ${accountId}` };
      return outcomeOf(await topup(database, { accountId: step.stranger ? strangerId : accountId, ...payment }));
    }
    const generationId = requestIds[step.input] ?? randomUUID();
    if (step.do === 'refund') return outcomeOf(await refund(database, generationId, 'six fingers'));
    if (step.do === 'record') {
      // Object names are unique per avatar and generation, as in production.
      const id = avatarIds[step.input * AVATARS_PER_REQUEST + step.avatar] ?? randomUUID();
      return outcomeOf(await record(database, generationId, anAvatar(accountId, { id })));
    }
    if (step.do === 'reserve') return outcomeOf(await reserve(database, { generationId, deadlineMs: DEADLINE_MS }));
    const failure = { code: 'internal', message: 'it broke' } as const;
    const change = step.status === 'failed' ? { status: step.status, failure } : { status: step.status };
    const outcome = await release(database, { generationId, ...change });
    // A repeat of the same release finds its own status.
    if (outcome.kind === 'settled' && outcome.status !== step.status) return outcomeOf(outcome);
    const result = outcome.creditsReturned ? 'released with credits' : 'released';
    return { result, changed: outcome.kind === 'released' };
  } catch (error) {
    if (error instanceof UnknownInLedger) return { result: error.name, changed: false };
    throw error;
  }
}

function outcomeOf(outcome: { kind: string; replay?: boolean; status?: string; refusal?: string }): StepOutcome {
  const { kind, replay, status, refusal } = outcome;
  return { result: [kind, refusal ?? status].filter(Boolean).join(' '), changed: replay === false };
}

/** Applies the step to the model. @returns the result that {@link runStep} should have */
export function resultOf(model: LedgerModel, { avatarIds }: Pick<Scene, 'avatarIds'>, step: Step): string {
  if (step.do === 'topup') return model.topup(step);
  const input = model.requests[step.input]!;
  if (step.do === 'reserve') return model.reserve(input);
  if (step.do === 'release') return model.release(input, step.status);
  if (step.do === 'refund') return model.refund(input);
  return model.record(input, avatarIds[step.input * AVATARS_PER_REQUEST + step.avatar]!);
}
