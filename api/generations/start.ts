import { API_BASE } from '#contract/route.ts';
import { insertIntent, type NewGeneration, readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import type { RouteReply } from '../handler.ts';
import { nameInFailure } from '../name-in-failure.ts';
import { ApiProblem } from '../problem.ts';
import { moderatePrompts } from '../policy/moderate-prompts.ts';
import type { RequestContext } from '../request-context.ts';
import { admit, type AdmitDeps } from './admit.ts';
import { refuseInCoolDown } from './cool-down.ts';
import { assertNotPaused } from './new-generations.ts';
import { presentAnyway, type PresentGenerations } from './present.ts';

export interface StartDeps extends AdmitDeps {
  readonly present: PresentGenerations;
  readonly featureSwitches: FeatureSwitches;
}

type Started = RouteReply<'createGeneration'>;

/**
 * Answers a key that was used before from its row, whatever has become since of the project or preset it named.
 * @returns undefined when there is no such row
 * @throws ApiProblem idempotency_mismatch, or why it was refused
 */
export async function replay(
  deps: StartDeps,
  context: RequestContext,
  { id, requestHash, idempotencyKey }: Pick<NewGeneration, 'id' | 'requestHash' | 'idempotencyKey'>,
): Promise<Started | undefined> {
  if (idempotencyKey === undefined) return undefined;
  return nameInFailure({ generationId: id }, async () => {
    const generation = await readGeneration(deps.database, id);
    // A refused request that is sent again is a new try.
    if (generation?.refusal) await refuseInCoolDown(deps.database, generation.accountId);
    return generation && answer(deps, context, { generation, requestHash, replayed: true });
  });
}

/**
 * Intent first: the row is there before anybody acts on it, and words that break a rule never get one. A row that was there before is a replay.
 * @returns undefined when the project is missing or somebody else's
 * @throws ApiProblem idempotency_mismatch, prompt_rejected, or why it was refused
 */
export async function start(
  deps: StartDeps,
  context: RequestContext,
  input: NewGeneration,
): Promise<Started | undefined> {
  await assertNotPaused(deps.featureSwitches);
  await refuseInCoolDown(deps.database, input.accountId);
  await moderatePrompts(deps.database, { ...input, prompts: [{ path: '', request: input.request }] });
  return nameInFailure({ generationId: input.id }, async () => {
    const intent = await insertIntent(deps.database, input);
    if (intent.kind === 'no_project') return undefined;
    const { requestHash } = input;
    return answer(deps, context, { generation: intent.generation, requestHash, replayed: intent.kind === 'exists' });
  });
}

interface Written {
  readonly generation: Generation;
  readonly requestHash: string;
  readonly replayed: boolean;
}

/** One that was never admitted is asked for again: a refusal does not stick to its key. */
async function answer(
  deps: StartDeps,
  context: RequestContext,
  { generation, requestHash, replayed }: Written,
): Promise<Started> {
  context.generationId = generation.id;
  if (generation.requestHash !== requestHash) throw new ApiProblem('idempotency_mismatch');
  const waits = generation.status === 'requested';
  if (waits && replayed && generation.acceptedAt === null) await assertNotPaused(deps.featureSwitches);
  if (!waits) deps.metrics.starts.inc({ outcome: 'replayed' });
  const row = waits ? await admit(deps, generation) : generation;
  return { status: 202, body: await presentOne(deps, row), headers: headersOf(row, replayed) };
}

async function presentOne({ present }: StartDeps, row: Generation) {
  const [body] = await presentAnyway(present)([row]);
  if (!body) throw new Error('Presenting a generation gave nothing');
  return body;
}

function headersOf({ id }: Generation, replayed: boolean): Record<string, string> {
  return {
    Location: `${API_BASE}/generations/${id}`,
    ...(replayed && { 'Idempotent-Replayed': 'true' }),
  };
}
