import { Connection, type ConnectionOptions } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { SEARCH_ATTRIBUTES } from '#temporal/client/search-attributes.ts';
import { waitUntil } from '../wait-until.ts';

/** All search attributes have the type keyword. */
const ATTRIBUTE_NAMES = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
/** Histories are retained for a week for debugging; the product itself reads Postgres. */
const RETENTION_DAYS = 7;
/** The services load a new namespace at their next refresh: after 1 s in the embedded server, after 10 s in others. */
const VISIBLE_TIMEOUT_MS = 30_000;
const CALL_TIMEOUT_MS = 5_000;
const GRPC_ALREADY_EXISTS = 6;
const GRPC_NOT_FOUND = 5;
/** IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD and TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY of Temporal's API. */
const KEYWORD = 2;
const ACTIVITY_QUEUE = 2;

/**
 * Registers the namespace and its search attributes if they are missing and waits until every service of the server
 * has loaded them. Safe to repeat.
 *
 * @throws Error when the server refuses (an external one may not allow it) or a service has not loaded them after 30 s.
 */
export async function ensureNamespace(options: ConnectionOptions, namespace: string): Promise<void> {
  const connection = await Connection.connect({ ...options, connectTimeout: CALL_TIMEOUT_MS });
  try {
    await ignoring(GRPC_ALREADY_EXISTS, () =>
      connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () => registerNamespace(connection, namespace)),
    );
    await ignoring(GRPC_ALREADY_EXISTS, () =>
      connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () => addSearchAttributes(connection, namespace)),
    );
    await waitUntil({ what: `Temporal namespace "${namespace}" becoming visible`, timeoutMs: VISIBLE_TIMEOUT_MS }, () =>
      connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () => probeEveryService(connection, namespace)),
    );
  } finally {
    await connection.close();
  }
}

async function registerNamespace(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.registerNamespace({
    namespace,
    description: 'Avatar Studio',
    workflowExecutionRetentionPeriod: msToTs(RETENTION_DAYS * 24 * 60 * 60 * 1_000),
  });
}

async function addSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace }).catch(() => undefined);
  const missing = ATTRIBUTE_NAMES.filter((name) => known?.customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}

/** Sends a cheap request to each service with a namespace cache. @throws while one has not loaded the namespace. */
async function probeEveryService(connection: Connection, namespace: string): Promise<true> {
  const service = connection.workflowService;
  await Promise.all([
    // frontend and visibility
    service.countWorkflowExecutions({
      namespace,
      query: ATTRIBUTE_NAMES.map((name) => `${name} = "-"`).join(' AND '),
    }),
    // matching
    service.describeTaskQueue({ namespace, taskQueue: { name: 'visible?' }, taskQueueType: ACTIVITY_QUEUE }),
    // history: it has loaded the namespace when it responds that the workflow does not exist
    ignoring(
      GRPC_NOT_FOUND,
      () => service.describeWorkflowExecution({ namespace, execution: { workflowId: 'visible?' } }),
      /workflow/i,
    ),
  ]);
  return true;
}

async function ignoring(code: number, call: () => Promise<unknown>, details = /./): Promise<void> {
  try {
    await call();
  } catch (error) {
    const failure = error as { code?: number; details?: string };
    if (failure.code !== code || !details.test(failure.details ?? '')) throw error;
  }
}
