import { API_BASE } from '../../contract/route.ts';
import { insertIntent, type NewGeneration } from '../../drizzle/queries/generations.ts';
import type { Generation } from '../../drizzle/queries/generation-row.ts';
import type { RouteReply } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { RequestContext } from '../request-context.ts';
import { admit, type AdmitDeps } from './admit.ts';
import type { PresentGenerations } from './present.ts';

export interface StartDeps extends AdmitDeps {
  readonly present: PresentGenerations;
}

/**
 * Intent first: the row is there before anybody acts on it. A row that was there before is a replay, and is admitted again only if
 * it never was.
 * @returns undefined when the project is missing or somebody else's
 * @throws ApiProblem idempotency_mismatch, or why it was refused
 */
export async function start(
  deps: StartDeps,
  context: RequestContext,
  wish: NewGeneration,
): Promise<RouteReply<'createGeneration'> | undefined> {
  context.generationId = wish.id;
  const intent = await insertIntent(deps.database, wish);
  if (intent.kind === 'no_project') return undefined;
  const { generation } = intent;
  if (generation.requestHash !== wish.requestHash) throw new ApiProblem('idempotency_mismatch');
  const row = generation.status === 'requested' ? await admit(deps, generation) : generation;
  const replayed = intent.kind === 'exists';
  if (replayed && row === generation) deps.metrics.starts.inc({ outcome: 'replayed' });
  return { status: 202, body: await presentOne(deps, row), headers: headersOf(row, replayed) };
}

async function presentOne({ present }: StartDeps, row: Generation) {
  const [body] = await present([row]);
  if (!body) throw new Error('Presenting a generation gave nothing');
  return body;
}

function headersOf({ id }: Generation, replayed: boolean): Record<string, string> {
  return {
    Location: `${API_BASE}/generations/${id}`,
    ...(replayed && { 'Idempotent-Replayed': 'true' }),
  };
}
