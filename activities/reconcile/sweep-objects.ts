import { LATE_WRITES_MS } from '../../domain/stored-object.ts';
import { listLooseObjects } from '../../drizzle/queries/stored-objects.ts';
import { removeObjects } from '../discard-objects.ts';
import type { ReconcileDeps } from './reconcile.ts';

const ROUND = 500;

/** Objects that no avatar owns, of generations that are final: what a crash or an outage kept from being removed. */
export async function sweepObjects(deps: ReconcileDeps): Promise<number> {
  const loose = await listLooseObjects(deps.database, { olderThanMs: LATE_WRITES_MS, limit: ROUND });
  await removeObjects(
    deps,
    loose.map(({ name }) => name),
  );
  return loose.length;
}
