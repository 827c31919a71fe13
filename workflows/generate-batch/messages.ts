import { defineQuery } from '@temporalio/workflow';
import type { Tier } from '#domain/generation/tier.ts';

/** Opaque ids only, as for a single making. Its update `admitted` and signal `cancel` are those of a single making too. */
export interface BatchInput {
  readonly batchId: string;
  readonly accountId: string;
  readonly tier: Tier;
}

/**
 * How a member ended. `elsewhere`: its workflow ran already when the batch wanted to start it, and goes on by itself.
 */
export type MemberOutcome = 'completed' | 'failed' | 'cancelled' | 'elsewhere';

export interface BatchStatusAnswer {
  readonly cancelled: boolean;
  /** By generation id; null while it is being made. */
  readonly members: Record<string, MemberOutcome | null>;
}

export const batchStatus = defineQuery<BatchStatusAnswer>('status');
