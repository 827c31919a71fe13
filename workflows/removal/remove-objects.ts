import { setHandler } from '@temporalio/workflow';
import { remove, type RemovalInput, type RemovalRequest } from './messages.ts';
import { drain, removal } from './activity-proxies.ts';

/**
 * Removes the objects of what an account deleted, through outages of the bucket of any length. The rows are deleted before this
 * starts, so there is nothing to undo; a request that arrives during a run causes another round.
 *
 * @returns the number of objects removed
 */
export async function removeObjects({ accountId }: RemovalInput): Promise<number> {
  const requests: RemovalRequest[] = [];
  setHandler(remove, (input) => void requests.push(input));
  const { stopGenerations, removeOrphanedObjects } = removal();
  let removed = 0;
  do {
    const generationIds = requests.splice(0).flatMap((input) => input.generationIds ?? []);
    if (generationIds.length > 0) await stopGenerations({ generationIds });
    removed += await drain(() => removeOrphanedObjects({ accountId }));
  } while (requests.length > 0);
  return removed;
}
