import { basename, extname } from 'node:path';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { WorkerEnv } from './env.ts';

type Configured = Pick<WorkerEnv, 'TEMPORAL_DEPLOYMENT_NAME' | 'TEMPORAL_WORKER_BUILD_ID'>;

/**
 * The version that a worker announces. By default that of its workflows: the bundle's file is named after the hash of its sources, so
 * releases with the same workflows are the same version.
 * @returns undefined without a deployment's name: the worker takes part in no versioning
 */
export function deploymentVersion(
  { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_WORKER_BUILD_ID: configured }: Configured,
  { codePath }: { readonly codePath: string },
): WorkerDeploymentVersion | undefined {
  if (deploymentName === undefined) return undefined;
  return { deploymentName, buildId: configured ?? basename(codePath, extname(codePath)) };
}
