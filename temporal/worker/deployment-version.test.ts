import { expect, it } from 'vitest';
import { deploymentVersion } from './deployment-version.ts';

const BUNDLE = { codePath: '/app/workflow-bundle/workflows-0123456789abcdef.cjs' };

it('without a deployment, a worker has no version', () => {
  expect(deploymentVersion({ TEMPORAL_WORKER_BUILD_ID: 'r7' }, BUNDLE)).toBeUndefined();
});

it('is the configured build, or that of the workflows', () => {
  const deployment = { TEMPORAL_DEPLOYMENT_NAME: 'studio' };
  expect(deploymentVersion(deployment, BUNDLE)).toEqual({
    deploymentName: 'studio',
    buildId: 'workflows-0123456789abcdef',
  });
  expect(deploymentVersion({ ...deployment, TEMPORAL_WORKER_BUILD_ID: 'r7' }, BUNDLE)?.buildId).toBe('r7');
});
