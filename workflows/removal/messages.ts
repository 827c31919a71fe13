import { defineSignal } from '@temporalio/workflow';

/** Ids only: names in the bucket follow from them, and which are to go the database knows. */
export interface RemovalInput {
  readonly accountId: string;
}

export interface RemovalRequest {
  /** Settled generations whose workflows may still be painting. */
  readonly generationIds?: readonly string[];
}

/** Something of the account was deleted; also starts the workflow. */
export const remove = defineSignal<[RemovalRequest]>('remove');
