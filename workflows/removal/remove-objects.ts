import { setHandler } from '@temporalio/workflow';
import { remove, type RemovalInput, type RemovalRequest } from './messages.ts';
import { drain, removal } from './activity-proxies.ts';

/**
 * What an account deleted leaves the bucket, however long the bucket is away. The rows are gone before this begins, so it has nothing to
 * undo, and a request that comes while it runs makes it look once more.
 *
 * @returns how many objects went
 */
export async function removeObjects({ accountId }: RemovalInput): Promise<number> {
  const requests: RemovalRequest[] = [];
  setHandler(remove, (input) => void requests.push(input));
  const { stopGenerations, removeLooseObjects } = removal();
  let removed = 0;
  do {
    const generationIds = requests.splice(0).flatMap((input) => input.generationIds ?? []);
    if (generationIds.length > 0) await stopGenerations({ generationIds });
    removed += await drain(() => removeLooseObjects({ accountId }));
  } while (requests.length > 0);
  return removed;
}
