import { listLooseObjects } from '../../drizzle/queries/stored-objects.ts';
import { removeObjects } from '../discard-objects.ts';
import type { ReconcileDeps } from './reconcile.ts';

const ROUND = 500;
/** Younger ones may belong to a step that is just writing them. */
const SETTLED_FOR_MS = 10 * 60_000;

/** Objects that no avatar owns, of generations that are final: what a crash or an outage kept from being removed. */
export async function sweepObjects(deps: ReconcileDeps): Promise<number> {
  const loose = await listLooseObjects(deps.database, { olderThanMs: SETTLED_FOR_MS, limit: ROUND });
  await removeObjects(
    deps,
    loose.map(({ name }) => name),
  );
  return loose.length;
}
