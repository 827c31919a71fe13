import type { Database } from '#drizzle/connection/database.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { expect } from 'vitest';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { createTestDatabase, createTestNamespace, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';

/** Heartbeats are sent after two thirds of this, so a provider that takes longer costs one more action. */
const HEARTBEAT_TIMEOUT_MS = 30_000;

/** A studio whose servers count nothing but the avatars of one user, each of which costs what it does in production. */
export interface OneUserStudio {
  readonly studio: Studio;
  readonly api: ServedApi;
  readonly user: TestUser;
  readonly database: TestDatabase;
  readonly namespace: string;
  readonly workerDatabase: Database;
  /** Sends the POST and waits for the workflow's end, which costs neither a statement nor an action. */
  generate(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it and has one avatar generated, after which caches and connections are as they will be. */
export async function openOneUserStudio(): Promise<OneUserStudio> {
  const [database, namespace] = await Promise.all([createTestDatabase(), createTestNamespace()]);
  let workerDatabase: Database | undefined;
  const studio = await openStudio({
    database,
    temporal: { namespace },
    heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    generationTimeoutMs: 60_000,
    // Each poll costs a statement: as many as in production.
    longestPollPauseMs: Infinity,
    wrapDatabase: (opened) => (workerDatabase = opened),
  });
  await studio.startWorkers();
  const { generations: workflows } = studio.temporal;
  // A session that listens counts a transaction for each commit that notifies, and reports them now and then: not with each avatar.
  const listenUrl = database.apiUrl;
  const api = await serveApi({ database: studio.apiDatabase, listenUrl, workflows, store: studio.store });
  // A free user's credits pay for too few avatars.
  const user = await api.user({ tier: 'pro' });

  async function generate(): Promise<void> {
    const { body } = await api.client.ok('createGeneration', {
      token: user.token,
      id: user.projectId,
      body: { sourceType: 'text_to_image', prompt: 'a lighthouse keeper', options: { provider: 'flux', size: 512 } },
    });
    // A busy machine did not admit it while the request waited, and nothing reconciles here.
    if (body.status === 'requested') await until(() => studio.admit(body.id));
    const workflow = studio.temporal.client.workflow.getHandle(generationWorkflowId(body.id));
    expect(await workflow.result()).toBe('completed');
  }

  await generate();
  return {
    studio,
    api,
    user,
    database,
    namespace,
    workerDatabase: workerDatabase!,
    generate,
    async close() {
      await api.stop();
      await studio.close();
      await database.drop();
    },
  };
}
