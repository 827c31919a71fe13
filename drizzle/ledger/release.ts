import type { FailureCode } from '#domain/generation/failure.ts';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { Database } from '../connection/database.ts';
import { step, UnknownInLedger } from './step.ts';

export type Release = { readonly generationId: string } & (
  | { readonly status: 'failed'; readonly failure: { readonly code: FailureCode; readonly message: string } }
  /** `by`: who or what cancelled (user, admin, operator …), never a name. */
  | { readonly status: 'cancelled'; readonly reason?: string | undefined; readonly by?: string | undefined }
);

export type ReleaseOutcome =
  /** The generation was ended by this call. `creditsReturned` is false if it had no hold. */
  | { readonly kind: 'released'; readonly creditsReturned: boolean }
  /** The generation had ended before, with this `status`. */
  | { readonly kind: 'settled'; readonly status: GenerationStatus; readonly creditsReturned: boolean };

interface ReleaseRow {
  readonly outcome: string;
  readonly status: GenerationStatus;
  readonly credits_returned: boolean;
}

/** Longer messages are cut, characters. */
const MESSAGE_MAX_LENGTH = 500;
const REASON_MAX_LENGTH = 200;

/**
 * Ends a generation without an avatar and releases its hold, in one transaction. Works in every state and is idempotent.
 * @throws UnknownInLedger when there is no such generation
 */
export async function release(database: Database, input: Release): Promise<ReleaseOutcome> {
  const failure = input.status === 'failed' ? input.failure : undefined;
  const cancel = input.status === 'cancelled' ? input : undefined;
  const row = await step<ReleaseRow>(
    database,
    'ledger.release',
    'SELECT outcome, status, credits_returned FROM release_generation($1, $2, $3, $4, $5, $6)',
    [
      input.generationId,
      input.status,
      failure?.code ?? null,
      bounded(failure?.message, MESSAGE_MAX_LENGTH),
      bounded(cancel?.reason, REASON_MAX_LENGTH),
      cancel?.by ?? null,
    ],
  );
  return outcomeOf(input.generationId, row);
}

/**
 * Like {@link release} as cancelled, with the privileges of the API, which settles nothing else.
 * @throws UnknownInLedger when there is no such generation
 */
export async function releaseCancelled(
  database: Database,
  { generationId, reason, by }: Pick<Extract<Release, { status: 'cancelled' }>, 'generationId' | 'reason' | 'by'>,
): Promise<ReleaseOutcome> {
  const row = await step<ReleaseRow>(
    database,
    'ledger.cancel',
    'SELECT outcome, status, credits_returned FROM cancel_generation($1, $2, $3)',
    [generationId, bounded(reason, REASON_MAX_LENGTH), by ?? null],
  );
  return outcomeOf(generationId, row);
}

function outcomeOf(generationId: string, row: ReleaseRow): ReleaseOutcome {
  if (row.outcome === 'unknown') throw new UnknownInLedger(`There is no generation ${generationId}`);
  if (row.outcome === 'released') return { kind: 'released', creditsReturned: row.credits_returned };
  return { kind: 'settled', status: row.status, creditsReturned: row.credits_returned };
}

function bounded(text: string | undefined, maxLength: number): string | null {
  return text === undefined || text === '' ? null : [...text].slice(0, maxLength).join('');
}
