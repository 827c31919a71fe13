import { FAILURES } from '#domain/generation/failure.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { release as releaseHold, type Release } from '#drizzle/ledger/release.ts';
import { UnknownInLedger } from '#drizzle/ledger/step.ts';
import type { Measurements } from '../measurements.ts';
import type { ReleaseInput, ReleaseResult } from '../activity-types.ts';

export interface ReleaseDeps {
  readonly database: Database;
  readonly measurements: Measurements;
}

/** Releases the held credits and ends the generation, once. A generation that was settled before stays unchanged. */
export function createRelease({ database, measurements }: ReleaseDeps) {
  return async function release(input: ReleaseInput): Promise<ReleaseResult> {
    const outcome = await releaseHold(database, releaseOf(input)).catch(ignoreUnknown);
    if (outcome === undefined) return { status: 'failed' };
    if (outcome.kind === 'settled') return { status: outcome.status };
    const { generationId } = input;
    measurements.generationEnded(
      input.outcome === 'failed'
        ? { generationId, outcome: input.outcome, code: input.failure }
        : { generationId, outcome: input.outcome },
    );
    return { status: input.outcome };
  };
}

/** The request was never accepted and its row was dropped: there is nothing to release and nothing to retry. */
function ignoreUnknown(error: unknown): undefined {
  if (!(error instanceof UnknownInLedger)) throw error;
}

function releaseOf(input: ReleaseInput): Release {
  const { generationId } = input;
  if (input.outcome === 'cancelled') return { generationId, status: 'cancelled', ...input.cancel };
  const { failure: code } = input;
  return { generationId, status: 'failed', failure: { code, message: FAILURES[code].message } };
}
