import type { z } from 'zod';
import type { use } from '#contract/usage.ts';
import { presentMetadata } from './exact-metadata.ts';
import type { Use } from '#drizzle/queries/usage/usage-history.ts';

/** Maps a row to the contract. */
export function presentUse(row: Use): z.infer<typeof use> {
  return {
    id: row.id,
    avatarId: row.avatarId,
    appId: row.appId,
    appName: row.appName,
    action: row.action,
    referenceId: row.referenceId,
    referenceType: row.referenceType,
    metadata: presentMetadata(row.metadata),
    createdAt: row.createdAt.toISOString(),
  };
}
