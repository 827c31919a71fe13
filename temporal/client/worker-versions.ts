import type { Client } from '@temporalio/client';

/** WorkerDeploymentVersionStatus of Temporal's API, by number. */
const STATUSES = ['unknown', 'inactive', 'current', 'ramping', 'draining', 'drained', 'created'] as const;
type WorkerVersionStatus = (typeof STATUSES)[number];
/** ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS */
const ROUTING_IN_PROGRESS = 1;
const GRPC_NOT_FOUND = 5;

export interface WorkerVersion {
  readonly buildId: string;
  readonly status: WorkerVersionStatus;
  /** Of new workflows, percent; 0 unless it is current or ramping. */
  readonly percent: number;
  /** Seconds since the epoch. */
  readonly createdAt: number;
}

/** The versions of one Worker Deployment, and what is routed to them. */
export interface WorkerVersions {
  /** Newest first; empty while no worker of the deployment has ever polled. */
  list(): Promise<WorkerVersion[]>;
  /**
   * Routes a share of new workflows, and of those that move between versions, to a version.
   * @throws Error of the server, such as when no worker of the version polls a task queue that the current one polls
   */
  ramp(buildId: string, percent: number): Promise<void>;
  /** Routes everything but pinned workflows to a version; the one before drains. @throws as `ramp` */
  promote(buildId: string): Promise<void>;
  /** Whether every task queue knows the last change: the server tells them after it has answered `ramp` or `promote`. */
  isRouted(): Promise<boolean>;
}

export function createWorkerVersions(client: Client, deploymentName: string): WorkerVersions {
  const { namespace } = client.options;
  const { workflowService } = client;
  const describe = async () => {
    const found = await workflowService.describeWorkerDeployment({ namespace, deploymentName }).catch(ignoreMissing);
    return found?.workerDeploymentInfo;
  };
  return {
    async list() {
      const info = await describe();
      const routing = info?.routingConfig;
      const ramping = routing?.rampingDeploymentVersion?.buildId;
      const rampingPercent = routing?.rampingVersionPercentage ?? 0;
      return (info?.versionSummaries ?? [])
        .map(({ deploymentVersion, status, createTime }): WorkerVersion => {
          const buildId = deploymentVersion?.buildId ?? '';
          const isCurrent = buildId === routing?.currentDeploymentVersion?.buildId;
          const rest = ramping === undefined ? 100 : 100 - rampingPercent;
          return {
            buildId,
            status: STATUSES[status ?? 0] ?? 'unknown',
            percent: buildId === ramping ? rampingPercent : isCurrent ? rest : 0,
            createdAt: Number(createTime?.seconds ?? 0),
          };
        })
        .toSorted((a, b) => b.createdAt - a.createdAt);
    },
    async ramp(buildId, percentage) {
      await workflowService.setWorkerDeploymentRampingVersion({ namespace, deploymentName, buildId, percentage });
    },
    async promote(buildId) {
      await workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId });
    },
    isRouted: async () => (await describe())?.routingConfigUpdateState !== ROUTING_IN_PROGRESS,
  };
}

function ignoreMissing(error: unknown): undefined {
  if ((error as { code?: unknown }).code !== GRPC_NOT_FOUND) throw error;
}
