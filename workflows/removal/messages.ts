import { defineSignal } from '@temporalio/workflow';

/** An opaque id: the database lists the objects to remove. */
export interface RemovalInput {
  readonly accountId: string;
}

export interface RemovalRequest {
  /** Settled generations whose workflows may still be running. */
  readonly generationIds?: readonly string[];
}

/** The account deleted something. Sent with start. */
export const remove = defineSignal<[RemovalRequest]>('remove');
