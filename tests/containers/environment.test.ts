import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../api/env.ts';
import { readPrepareEnv } from '../../ops/containers/env.ts';
import { readWorkerEnv } from '../../temporal/env.ts';
import { readEnv as readWebEnv } from '../../web/env.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, PROJECT_DIR, serviceOf, type ComposeProject } from './compose-project.ts';

const READERS: Readonly<Record<string, (env: NodeJS.ProcessEnv) => unknown>> = {
  prepare: readPrepareEnv,
  api: readEnvironment,
  worker: readWorkerEnv,
  web: readWebEnv,
};
/** Read by Temporal's own envconfig. */
const TEMPORAL = new Set(['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE']);

describe('the environment that docker-compose.yml gives', () => {
  let compose: ComposeProject;
  beforeAll(async () => {
    compose = await loadComposeProject();
  }, LOAD_TIMEOUT_MS);

  it.each(Object.entries(READERS))('%s is what its process accepts', (name, read) => {
    expect(() => read(serviceOf(compose, name).environment)).not.toThrow();
  });

  it('has no variable that nobody reads', async () => {
    const schemas = ['api/env.ts', 'temporal/env.ts', 'web/env.ts', 'ops/containers/env.ts'];
    const text = (await Promise.all(schemas.map((file) => readFile(join(PROJECT_DIR, file), 'utf8')))).join('\n');
    const given = Object.keys(READERS).flatMap((name) => Object.keys(serviceOf(compose, name).environment));
    const unread = given.filter((name) => !TEMPORAL.has(name) && !new RegExp(`^\\s*${name}:`, 'm').test(text));
    expect(unread).toEqual([]);
  });

  it('hands an identity provider and keys of painters on to API, page and worker', async () => {
    const configured = await loadComposeProject({
      OIDC_ISSUER: 'https://id.example.com',
      OIDC_AUDIENCE: 'avatar-studio',
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
    });
    expect(readEnvironment(serviceOf(configured, 'api').environment)).toMatchObject({
      OIDC_ISSUER: 'https://id.example.com',
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
    });
    expect(readWebEnv(serviceOf(configured, 'web').environment).signInOrigins).toEqual(['https://id.example.com']);
    expect(readWorkerEnv(serviceOf(configured, 'worker').environment)).toMatchObject({
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
    });
  });

  it("puts a user's passwords into the addresses and into the database alike", async () => {
    const configured = await loadComposeProject({ AVATAR_DB_PASSWORD: 'of-my-own', POSTGRES_PASSWORD: 'another' });
    const [postgres, api, prepare] = ['postgres', 'api', 'prepare'].map(
      (name) => serviceOf(configured, name).environment,
    );
    expect(postgres).toMatchObject({ AVATAR_DB_PASSWORD: 'of-my-own', POSTGRES_PASSWORD: 'another' });
    expect(new URL(api?.['DATABASE_URL'] ?? '').password).toBe('of-my-own');
    expect(new URL(prepare?.['DATABASE_OWNER_URL'] ?? '').password).toBe('another');
  });
});
