import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_VARIABLES, readEnvironment } from '#api/env.ts';
import { PREPARE_VARIABLES, readPrepareEnv } from '#ops/containers/env.ts';
import { IMAGES_VARIABLES, readImagesEnv } from '#ops/containers/images-env.ts';
import { readWorkerEnv, WORKER_VARIABLES } from '#temporal/worker/env.ts';
import { readEnv as readWebEnv, WEB_VARIABLES } from '#web/env.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, PROJECT_DIR, serviceOf, type ComposeProject } from './compose-project.ts';

const SIGNING_SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
/** Read by Temporal's own environment configuration. */
const TEMPORAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];

/** Only the launcher of the embedded stack sets it. */
const LAUNCHED_ONLY = 'STARTUP_STATUS_FILE';

/** How each service reads its environment, and every variable it reads. */
const READERS: Readonly<Record<string, [read: (env: NodeJS.ProcessEnv) => unknown, names: readonly string[]]>> = {
  prepare: [readPrepareEnv, [...Object.keys(PREPARE_VARIABLES), ...TEMPORAL]],
  images: [readImagesEnv, Object.keys(IMAGES_VARIABLES)],
  api: [readEnvironment, [...Object.keys(API_VARIABLES).filter((name) => name !== LAUNCHED_ONLY), ...TEMPORAL]],
  worker: [readWorkerEnv, [...Object.keys(WORKER_VARIABLES), ...TEMPORAL]],
  web: [readWebEnv, Object.keys(WEB_VARIABLES)],
};

/** The variables that the image sets. */
async function imageVariables(): Promise<string[]> {
  const dockerfile = await readFile(join(PROJECT_DIR, 'Dockerfile'), 'utf8');
  return [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, assignments = '']) =>
    assignments.split(' ').map((each) => each.split('=', 1)[0]!),
  );
}

describe('the environment in docker-compose.yml', () => {
  let compose: ComposeProject;
  beforeAll(async () => {
    compose = await loadComposeProject();
  }, LOAD_TIMEOUT_MS);

  it.each(Object.entries(READERS))('is accepted by the process of %s', (name, [read]) => {
    expect(() => read(serviceOf(compose, name).environment)).not.toThrow();
  });

  it.each(Object.entries(READERS))('sets exactly the variables that %s reads', async (name, [, names]) => {
    const given = Object.keys(serviceOf(compose, name).environment);
    const image = await imageVariables();
    expect(given.filter((variable) => !names.includes(variable))).toEqual([]);
    expect(names.filter((variable) => !given.includes(variable) && !image.includes(variable))).toEqual([]);
  });

  it('passes the user’s variables on to API, page and worker', async () => {
    const configured = await loadComposeProject({
      OIDC_ISSUER: 'https://id.example.com',
      OIDC_AUDIENCE: 'avatar-studio',
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
      DATABASE_READ_URL: 'postgres://standby/avatar_studio',
      REPLICATE_WEBHOOK_SECRET: SIGNING_SECRET,
      TRUSTED_PROXIES: '10.1.2.3',
    });
    expect(readEnvironment(serviceOf(configured, 'api').environment)).toMatchObject({
      OIDC_ISSUER: 'https://id.example.com',
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
      DATABASE_READ_URL: 'postgres://standby/avatar_studio',
      REPLICATE_WEBHOOK_SECRET: SIGNING_SECRET,
    });
    expect(readWebEnv(serviceOf(configured, 'web').environment)).toMatchObject({
      signInOrigins: ['https://id.example.com'],
      trustedProxies: ['10.1.2.3'],
    });
    expect(readWorkerEnv(serviceOf(configured, 'worker').environment)).toMatchObject({
      REPLICATE_API_TOKEN: 'r8_token',
      FAL_KEY: 'fal_key',
      HF_TOKEN: 'hf_token',
    });
  });

  it("reads passwords from files, which a user's own folder replaces, and has none in a process's environment", async () => {
    const configured = await loadComposeProject({ SECRETS_DIR: '/etc/avatar-studio' });
    expect(configured.secrets['database-api']).toMatchObject({ file: '/etc/avatar-studio/database-api' });
    for (const name of ['prepare', 'api', 'worker', 'web', 'postgres', 'grafana']) {
      const { environment, secrets } = serviceOf(configured, name);
      const urls = Object.entries(environment).filter(([variable]) => /^DATABASE.*_URL$/.test(variable));
      for (const [, url] of urls) expect(url === '' ? '' : new URL(url).password).toBe('');
      const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
      for (const file of files) expect(secrets.map(({ source }) => `/run/secrets/${source}`)).toContain(file);
    }
  });

  it('gives API and worker a database role each', () => {
    const roleOf = (name: string) => new URL(serviceOf(compose, name).environment['DATABASE_URL'] ?? '').username;
    expect([roleOf('api'), roleOf('worker')]).toEqual(['avatar_api', 'avatar_worker']);
  });
});
