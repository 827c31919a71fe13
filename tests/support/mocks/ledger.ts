import type { RecordAvatarResult, ReleaseInput } from '#activities/activity-types.ts';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import { isFinal, type GenerationStatus } from '#domain/generation/generation.ts';

type Transfer = 'reserve' | 'capture' | 'release';

/** A generation's row and its credit transfers. */
export interface MockedGeneration {
  status: GenerationStatus;
  failure: string | null;
  /** The API marks the row before it signals. */
  cancelRequested: boolean;
  /** Its objects were removed after it had ended without an avatar. */
  discarded: boolean;
  readonly transfers: Transfer[];
}

/** The rules of drizzle/ledger in memory: whoever ends a generation first wins, and each step can be repeated. */
export interface MockedLedger {
  readonly generations: ReadonlyMap<string, MockedGeneration>;
  generation(id: string): MockedGeneration;
  reserve(id: string): AdmissionOutcome;
  record(id: string): RecordAvatarResult['kind'];
  release(input: ReleaseInput): GenerationStatus;
}

export function createMockedLedger(): MockedLedger {
  const generations = new Map<string, MockedGeneration>();

  function generation(id: string): MockedGeneration {
    const found = generations.get(id) ?? {
      status: 'requested',
      failure: null,
      cancelRequested: false,
      discarded: false,
      transfers: [],
    };
    generations.set(id, found);
    return found;
  }

  return {
    generations,
    generation,
    reserve(id) {
      const row = generation(id);
      if (isFinal(row.status)) return { kind: 'settled', status: row.status };
      if (row.status === 'requested') row.transfers.push('reserve');
      row.status = 'pending';
      return { kind: 'admitted' };
    },
    record(id) {
      const row = generation(id);
      if (row.status === 'completed') return 'recorded';
      if (isFinal(row.status)) return 'lost';
      if (row.cancelRequested) return 'cancelled';
      row.transfers.push('capture');
      row.status = 'completed';
      return 'recorded';
    },
    release(input) {
      const row = generation(input.generationId);
      if (isFinal(row.status)) return row.status;
      if (row.transfers.includes('reserve')) row.transfers.push('release');
      row.status = input.outcome;
      row.failure = input.outcome === 'failed' ? input.failure : null;
      return row.status;
    },
  };
}
