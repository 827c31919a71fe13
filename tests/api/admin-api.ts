import { beforeAll, beforeEach } from 'vitest';
import type { TestUser, ServeOptions } from './serve-api.ts';
import { testApi, type TestApi } from './test-api.ts';

/** The request that most tests of an admin's acts send as a user. */
export const GENERATION = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;

export interface AdminApi {
  readonly studio: TestApi;
  /** Available while tests run. */
  readonly admin: TestUser;
  /** @returns its id */
  createGeneration(user: TestUser, options?: object): Promise<string>;
  /** The recorded acts that match the query. */
  audit(query: Record<string, string>): Promise<AuditedActs>;
}

type AuditedActs = Awaited<ReturnType<typeof listActs>>;

const listActs = async (studio: TestApi, token: string, query: Record<string, string>) =>
  (await studio.client.ok('listAudit', { token, query })).body.data;

/** An API with an administrator, for the calling test file; before each test, the workflows work. */
export function adminApi(overrides: ServeOptions = {}): AdminApi {
  const studio = testApi(overrides);
  // Callers hold the object before it is filled.
  const admin = {} as TestUser;
  beforeAll(async () => {
    Object.assign(admin, await studio.user({ role: 'admin' }));
  });
  beforeEach(() => {
    studio.workflows.outage = 'none';
  });
  return {
    studio,
    admin,
    async createGeneration({ token, projectId }, options = {}) {
      const body = { ...GENERATION, ...options };
      return (await studio.client.ok('createGeneration', { token, id: projectId, body })).body.id;
    },
    audit: (query) => listActs(studio, admin.token, query),
  };
}
