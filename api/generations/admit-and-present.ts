import { API_BASE } from '#contract/route.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import type { RouteReply } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { RequestContext } from '../request-context.ts';
import { admit, type AdmitDeps } from './admit.ts';
import { assertNotPaused } from './new-generations.ts';
import { presentAnyway, type PresentGenerations } from './present.ts';

export interface AdmitAndPresentDeps extends AdmitDeps {
  readonly present: PresentGenerations;
  readonly featureSwitches: FeatureSwitches;
}

interface WrittenRequest {
  readonly generation: Generation;
  /** Of the request that is answered. */
  readonly requestHash: string;
  /** The row was there before. */
  readonly replayed: boolean;
}

/**
 * Answers 202 from the row. A row that was never admitted is submitted for admission: a refusal does not stick to its key.
 * @throws ApiProblem idempotency_mismatch, unavailable, or the reason why it is refused
 */
export async function admitAndPresent(
  deps: AdmitAndPresentDeps,
  context: RequestContext,
  { generation, requestHash, replayed }: WrittenRequest,
): Promise<RouteReply<'createGeneration'>> {
  context.generationId = generation.id;
  if (generation.requestHash !== requestHash) throw new ApiProblem('idempotency_mismatch');
  const needsAdmission = generation.status === 'requested';
  if (needsAdmission && replayed && generation.acceptedAt === null) await assertNotPaused(deps.featureSwitches);
  if (!needsAdmission) deps.metrics.starts.inc({ outcome: 'replayed' });
  const row = needsAdmission ? await admit(deps, generation) : generation;
  const [body] = await presentAnyway(deps.present)([row]);
  if (!body) throw new Error('Presenting a generation gave nothing');
  const headers = {
    Location: `${API_BASE}/generations/${row.id}`,
    ...(replayed && { 'Idempotent-Replayed': 'true' }),
  };
  return { status: 202, body, headers };
}
