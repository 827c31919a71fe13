import { afterAll, beforeAll } from 'vitest';
import type { ApiDeps } from '#api/deps.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio, type StudioOptions } from '../support/studio.ts';
import { until } from '../support/until.ts';

export interface UploadStudio {
  readonly studio: Studio;
  readonly api: ServedApi;
  readonly urls: TestDatabase;
  /** The user's balance: posted and held credits. */
  creditsOf(user: TestUser): Promise<{ posted: number; held: number }>;
  /** Waits until the user has `count` objects in the bucket, staged images included. @returns their names */
  objectsOf(user: TestUser, count: number): Promise<string[]>;
}

/** Opens real API, workers, database and bucket for the calling test file. */
export function useUploadStudio(
  options: StudioOptions & { readonly api?: Partial<ApiDeps>; readonly workers?: boolean } = {},
): UploadStudio {
  let open: { studio: Studio; api: ServedApi; urls: TestDatabase } | undefined;
  const current = () => {
    if (open === undefined) throw new Error('The studio is available only while tests run');
    return open;
  };
  beforeAll(async () => {
    const urls = await createTestDatabase();
    const studio = await openStudio({ database: urls, ...options });
    const { apiDatabase: database, store, temporal } = studio;
    const deps = { database, listenUrl: urls.apiUrl, workflows: temporal.generations, store };
    open = { urls, studio, api: await serveApi({ ...deps, ...options.api }) };
    if (options.workers !== false) await studio.startWorkers();
  });
  afterAll(async () => {
    const { api, studio, urls } = current();
    await api.stop();
    await studio.close();
    await urls.drop();
  });
  return {
    get studio() {
      return current().studio;
    },
    get api() {
      return current().api;
    },
    get urls() {
      return current().urls;
    },
    creditsOf: ({ accountId, projectId }) => current().studio.credits({ accountId, projectId, tier: 'free' }),
    objectsOf: async ({ accountId }, count) => {
      const { database, store } = current().studio;
      const names = async () => {
        const rows = await database.call<{ name: string }>(
          'test.objects',
          'SELECT name FROM stored_objects WHERE account_id = $1',
          [accountId],
        );
        const recorded = new Set(rows.map(({ name }) => name));
        const inBucket = (await store.list('')).map(({ name }) => name);
        return inBucket.filter((name) => recorded.has(name) || name.includes(accountId)).toSorted();
      };
      return until(async () => {
        const found = await names();
        return found.length === count ? found : undefined;
      });
    },
  };
}
