import { release } from '#drizzle/ledger/release.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { listAttempts, storeExternalId } from '#drizzle/queries/generations/attempts.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { beginPurchase } from '#drizzle/queries/providers/purchases.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import type { Studio } from '../support/studio.ts';

/** What each attempt counts against the day's budget. */
export const COST_USD = 0.003;

interface World {
  readonly studio: Studio;
  readonly user: TestUser;
  /** Runs a statement as the owner, with triggers off. */
  readonly change: (statement: string, values: unknown[]) => Promise<void>;
}

/** A generation that ended long ago, with an attempt that counts against the budget. @returns its id */
export async function endedWithAttempt(world: World, state: 'created' | 'submitting'): Promise<string> {
  const { studio, change, user } = world;
  const id = await studio.insertRequest(user, { plan: [SCHNELL] });
  await studio.activities.local.admit({ generationId: id });
  const outcome = await beginAttempt(studio.database, { generationId: id, ordinal: 0, ...SCHNELL });
  if (outcome.kind !== 'attempt') throw new Error(outcome.kind);
  await beginPurchase(studio.database, { attempt: outcome.attempt, costUsd: COST_USD, bounds: {}, rate: null });
  const longAgo = "now() - interval '10 minutes'";
  await change(`UPDATE provider_attempts SET state = $2, submitting_at = ${longAgo} WHERE id = $1`, [
    outcome.attempt.id,
    state,
  ]);
  await release(studio.database, { generationId: id, status: 'failed', failure: { code: 'internal', message: 'x' } });
  await change(`UPDATE avatar_generations SET finished_at = ${longAgo} WHERE id = $1`, [id]);
  return id;
}

/** A prediction that never ends, of a generation that ended without cancelling it. @returns the generation's id */
export async function endedWithJob(world: World): Promise<string> {
  const { studio } = world;
  const id = await endedWithAttempt(world, 'submitting');
  const { seed, builtPrompt: prompt } = (await readGeneration(studio.database, id))!;
  studio.replicate.script({ on: 'prediction', fault: 'stuck' });
  const reply = await fetch(`${studio.replicate.url}/models/${SCHNELL.model}/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${studio.replicate.token}` },
    body: JSON.stringify({ input: { seed, prompt } }),
  });
  const { id: job } = (await reply.json()) as { id: string };
  const [attempt] = await listAttempts(studio.database, [id]);
  await storeExternalId(studio.database, attempt!.id, job);
  return id;
}
