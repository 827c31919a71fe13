import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { ApiProblem } from '../problem.ts';

/** Admins pause for minutes; trying more often than this is useless. */
const PAUSED_RETRY_SECONDS = 30;

/** @throws ApiProblem unavailable while an admin has paused new generations */
export async function assertNotPaused(featureSwitches: Pick<FeatureSwitches, 'newGenerationsPaused'>): Promise<void> {
  if (!(await featureSwitches.newGenerationsPaused())) return;
  throw new ApiProblem('unavailable', {
    detail: 'New generations are paused; running ones continue. Nothing was charged: try again later',
    retryAfterSeconds: PAUSED_RETRY_SECONDS,
  });
}
