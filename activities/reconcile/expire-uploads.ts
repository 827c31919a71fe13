import { REFERENCE_GRACE_MS } from '../../domain/upload.ts';
import { expireUploads as expireRows } from '../../drizzle/queries/uploads.ts';
import { removeObjects } from '../discard-objects.ts';
import type { ReconcileDeps } from './reconcile.ts';

const ROUND = 500;
/** An object without a row that is younger may be just being written. */
const SETTLED_FOR_MS = 10 * 60_000;

/** Reference images whose time is over: the row first, then the bytes; bytes that stay because the bucket is away are found again. */
export async function expireUploads(deps: Pick<ReconcileDeps, 'database' | 'store'>): Promise<number> {
  const names = await expireRows(deps.database, {
    graceMs: REFERENCE_GRACE_MS,
    olderThanMs: SETTLED_FOR_MS,
    limit: ROUND,
  });
  await removeObjects(deps, names);
  return names.length;
}
