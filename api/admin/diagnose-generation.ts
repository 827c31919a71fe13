import type { Diagnosis } from '#contract/diagnosis.ts';
import { OPEN_ATTEMPT_STATES } from '#domain/generation/attempt.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { diagnose, type DiagnosisInput } from '#domain/generation/diagnosis.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listAttempts, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { readProviderStates } from '#drizzle/queries/providers/provider-state.ts';
import { readSwitches } from '#drizzle/queries/admin/feature-switches.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import type { PresentGenerations } from '../generations/present.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { QueueView } from '../queue/queue-view.ts';

/** Long enough to show a provider's outage, short enough to show its end. */
const RECENT_MS = 15 * 60_000;

export interface DiagnoseDeps {
  readonly database: Database;
  readonly workflows: Pick<GenerationWorkflows, 'status'>;
  readonly present: PresentGenerations;
  readonly queueView: QueueView;
  /** Providers that are configured. */
  readonly providers: readonly ProviderName[];
}

/** Reports everything that can delay a generation. If Temporal is unreachable, `workflow` is null instead of an error. */
export function diagnoseGeneration(deps: DiagnoseDeps): Handler<'diagnoseGeneration'> {
  const { database } = deps;
  return async ({ params: { id }, context }) => {
    context.generationId = id;
    const row = await readGeneration(database, id);
    if (!row) throw notFound();
    const [workflow, attempts, load, switches, states, [generation]] = await Promise.all([
      workflowOf(deps, id),
      listAttempts(database, [id]),
      deps.queueView.load(),
      readSwitches(database),
      readProviderStates(database, RECENT_MS),
      deps.present([row]),
    ]);
    if (!generation) throw new ApiProblem('internal');
    const providers = switches.providers.map(({ name, enabled }): Diagnosis['providers'][number] => {
      const state = states.find((candidate) => candidate.name === name);
      const { succeeded = 0, failed = 0, lastFailure = null } = state ?? {};
      return {
        name,
        configured: deps.providers.includes(name),
        enabled,
        pausedUntil: state?.pausedUntil?.toISOString() ?? null,
        recent: { succeeded, failed, lastFailure },
      };
    });
    const diagnosisInput: DiagnosisInput = {
      status: row.status,
      stage: generation.stage,
      failureMessage: generation.failure?.message ?? null,
      accepted: row.acceptedAt !== null,
      refusal: row.refusal,
      unchangedSeconds: secondsSince(row.updatedAt),
      cancelRequested: row.cancelRequestedAt !== null,
      pastDeadline: row.deadlineAt !== null && row.deadlineAt.getTime() < Date.now(),
      workflow: workflow?.state ?? null,
      position: generation.queue?.position ?? null,
      running: load.running,
      finishedPerMinute: load.drainPerMinute,
      attempt: openAttempt(attempts, providers),
    };
    const body: Diagnosis = {
      ...diagnose(diagnosisInput),
      accountId: row.accountId,
      generation,
      timing: timingOf(row),
      workflow: workflow ?? null,
      attempts: attempts.map(presentAttempt),
      queue: {
        position: generation.queue,
        waiting: load.waiting.reduce((sum, { count }) => sum + count, 0),
        running: load.running,
        finishedPerMinute: load.drainPerMinute,
      },
      newGenerationsPaused: switches.newGenerations.paused,
      providers,
    };
    return { status: 200, body, headers: { 'Cache-Control': 'no-store' } };
  };
}

async function workflowOf({ workflows }: DiagnoseDeps, id: string): Promise<Diagnosis['workflow']> {
  try {
    return await workflows.status(id);
  } catch (error) {
    if (error instanceof TemporalUnavailable) return null;
    throw error;
  }
}

function openAttempt(attempts: readonly Attempt[], providers: Diagnosis['providers']): DiagnosisInput['attempt'] {
  const open = attempts.findLast(({ state }) => (OPEN_ATTEMPT_STATES as readonly string[]).includes(state));
  if (!open) return null;
  const provider = providers.find(({ name }) => name === open.provider);
  const { succeeded = 0, failed = 0 } = provider?.recent ?? {};
  const pausedUntil = provider?.pausedUntil ?? null;
  return {
    provider: open.provider,
    state: open.state as 'created' | 'submitting' | 'submitted',
    ageSeconds: secondsSince(open.submittedAt ?? open.submittingAt ?? open.createdAt),
    providerEnabled: provider?.enabled ?? true,
    providerPausedSeconds: pausedUntil === null ? 0 : Math.max(0, -secondsSince(new Date(pausedUntil))),
    providerFailsRecently: failed > succeeded,
  };
}

function secondsSince(moment: Date): number {
  return Math.round((Date.now() - moment.getTime()) / 1000);
}

function timingOf(row: Generation): Diagnosis['timing'] {
  return {
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  };
}

function presentAttempt(row: Attempt): Diagnosis['attempts'][number] {
  return {
    id: row.id,
    ordinal: row.ordinal,
    provider: row.provider,
    model: row.model,
    state: row.state,
    externalId: row.externalId,
    failure: row.failure?.kind ?? null,
    failureMessage: row.failure?.message ?? null,
    costUsd: row.costUsd,
    latencyMs: row.latencyMs,
    startedAt: row.createdAt.toISOString(),
    submittingAt: row.submittingAt?.toISOString() ?? null,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    calledBackAt: row.calledBackAt?.toISOString() ?? null,
    cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
