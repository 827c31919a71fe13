import { patched, setWorkflowOptions, sleep } from '@temporalio/workflow';
import { generateAvatar as shippedGeneration, removeObjects as shippedRemoval } from '#workflows/bundle.ts';

/** All others are the shipped ones: what this file names itself is not exported twice. */
export * from '#workflows/bundle.ts';

const LONG_MS = 60_000;

/** A change without `patched()`: a history of the shipped workflow does not replay on it. */
export async function generateAvatar(input: Parameters<typeof shippedGeneration>[0]): Promise<unknown> {
  sleep(LONG_MS).catch(() => undefined);
  return shippedGeneration(input);
}
setWorkflowOptions({ versioningBehavior: 'PINNED' }, generateAvatar);

/** The same change with `patched()`, because this workflow moves to the next version while it runs. */
export async function removeObjects(input: Parameters<typeof shippedRemoval>[0]): Promise<unknown> {
  if (patched('timer')) sleep(LONG_MS).catch(() => undefined);
  return shippedRemoval(input);
}
