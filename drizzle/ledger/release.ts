import type { FailureCode } from '#domain/generation/failure.ts';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { Database } from '../connection/database.ts';
import { step, UnknownInLedger } from './step.ts';

export type Release = { readonly generationId: string } & (
  | { readonly status: 'failed'; readonly failure: { readonly code: FailureCode; readonly message: string } }
  /** `by`: who or what cancelled (user, admin, operator …), never a person's name. */
  | { readonly status: 'cancelled'; readonly reason?: string | undefined; readonly by?: string | undefined }
);

export type ReleaseOutcome =
  /** It ended now. `creditsReturned` is false when it never held any. */
  | { readonly kind: 'released'; readonly creditsReturned: boolean }
  /** It was over before; `status` says who won. */
  | { readonly kind: 'settled'; readonly status: GenerationStatus; readonly creditsReturned: boolean };

/** As much of a message as the row takes, characters. */
const MESSAGE_MAX_LENGTH = 500;
const REASON_MAX_LENGTH = 200;

/**
 * Ends a generation without an avatar and returns what it held, in one transaction. Works in every state and is idempotent.
 * @throws UnknownInLedger when there is no such generation
 */
export async function release(database: Database, ending: Release): Promise<ReleaseOutcome> {
  const failure = ending.status === 'failed' ? ending.failure : undefined;
  const cancel = ending.status === 'cancelled' ? ending : undefined;
  const row = await step<{ outcome: string; status: GenerationStatus; credits_returned: boolean }>(
    database,
    'ledger.release',
    'SELECT outcome, status, credits_returned FROM release_generation($1, $2, $3, $4, $5, $6)',
    [
      ending.generationId,
      ending.status,
      failure?.code ?? null,
      bounded(failure?.message, MESSAGE_MAX_LENGTH),
      bounded(cancel?.reason, REASON_MAX_LENGTH),
      cancel?.by ?? null,
    ],
  );
  if (row.outcome === 'unknown') throw new UnknownInLedger(`There is no generation ${ending.generationId}`);
  if (row.outcome === 'released') return { kind: 'released', creditsReturned: row.credits_returned };
  return { kind: 'settled', status: row.status, creditsReturned: row.credits_returned };
}

function bounded(text: string | undefined, maxLength: number): string | null {
  return text === undefined || text === '' ? null : [...text].slice(0, maxLength).join('');
}
