import { defineQuery } from '@temporalio/workflow';
import type { Tier } from '#domain/generation/tier.ts';

/** Opaque ids only. A batch shares the update `admitted` and the signal `cancel` with a single generation. */
export interface BatchInput {
  readonly batchId: string;
  readonly accountId: string;
  readonly tier: Tier;
}

/** `already_running`: the member's workflow was running before the batch tried to start it, and continues on its own. */
export type MemberOutcome = 'completed' | 'failed' | 'cancelled' | 'already_running';

export interface BatchStatusAnswer {
  readonly cancelled: boolean;
  /** By generation id; null while it is in progress. */
  readonly members: Record<string, MemberOutcome | null>;
}

export const batchStatus = defineQuery<BatchStatusAnswer>('status');
