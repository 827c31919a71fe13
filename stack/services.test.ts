import { describe, expect, test } from 'vitest';
import type { Addresses } from './addresses.ts';
import { serviceEnvironments } from './services.ts';
import type { StackSettings } from './stack.ts';

const addresses: Addresses = {
  webUrl: 'http://127.0.0.1:3000',
  apiUrl: 'http://127.0.0.1:8080',
  internalUrl: 'http://127.0.0.1:8081',
  workerMetricsUrl: 'http://127.0.0.1:9091/metrics',
  temporalAddress: '127.0.0.1:7233',
  temporalNamespace: 'default',
};
const stack: StackSettings = {
  databaseUrl: 'postgres://app@127.0.0.1/studio',
  apiDatabaseUrl: 'postgres://api@127.0.0.1/studio',
  workerDatabaseUrl: 'postgres://worker@127.0.0.1/studio',
  databaseOwnerUrl: 'postgres://owner@127.0.0.1/studio',
  temporalAddress: '127.0.0.1:7233',
  temporalNamespace: 'default',
  hasEmbeddedTemporal: true,
  storage: {
    bucket: 'avatars',
    endpoint: 'http://127.0.0.1:4443/secret',
    clientEmail: 'a@b',
    privateKeyFile: '/keys/gcs.pem',
  },
};
const files = {
  authKey: '/keys/auth.pem',
  temporalProfile: '/data/temporal.toml',
  compiledCode: '/data/compiled-code',
  startupStatus: '/data/startup.json',
};

describe('the environment of API, worker and web', () => {
  test("contains every address of the embedded stack and the user's own settings", () => {
    const users = { REPLICATE_API_TOKEN: 'r8', LOG_LEVEL: 'debug' };
    expect(serviceEnvironments(users, stack, addresses, files).web).toEqual({
      REPLICATE_API_TOKEN: 'r8',
      LOG_LEVEL: 'debug',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_CONFIG_FILE: '/data/temporal.toml',
      GCS_BUCKET: 'avatars',
      GCS_ENDPOINT: 'http://127.0.0.1:4443/secret',
      IMAGE_ORIGIN: 'http://127.0.0.1:4443',
      GCS_CLIENT_EMAIL: 'a@b',
      GCS_PRIVATE_KEY_FILE: '/keys/gcs.pem',
      AUTH_PRIVATE_KEY_FILE: '/keys/auth.pem',
      STARTUP_STATUS_FILE: '/data/startup.json',
      DEMO_SIGN_IN: 'on',
      API_PORT: '8080',
      INTERNAL_PORT: '8081',
      API_URL: 'http://127.0.0.1:8080',
      WEB_PORT: '3000',
      WEB_URL: 'http://127.0.0.1:3000',
      DRAIN_MS: '0',
      METRICS_PORT: '9091',
      MALLOC_ARENA_MAX: '2',
      NODE_COMPILE_CACHE: '/data/compiled-code',
    });
  });

  test("omits the user's Temporal key for the embedded server, and passes it on for an external one", () => {
    const users = { TEMPORAL_API_KEY: 'secret', TEMPORAL_ADDRESS: 'cloud:7233' };
    expect(serviceEnvironments(users, stack, addresses, files).worker).not.toHaveProperty('TEMPORAL_API_KEY');
    const external = serviceEnvironments(users, { ...stack, hasEmbeddedTemporal: false }, addresses, files);
    expect(external.worker).toMatchObject(users);
  });

  test("never contains the owner's database URL or variables that the stack has resolved", () => {
    const users = { DATABASE_OWNER_URL: 'postgres://owner@db/studio', STORAGE_EMULATOR_HOST: 'localhost:4443' };
    for (const env of Object.values(serviceEnvironments(users, stack, addresses, files))) {
      expect(Object.keys(env)).not.toContain('DATABASE_OWNER_URL');
      expect(Object.keys(env)).not.toContain('STORAGE_EMULATOR_HOST');
    }
  });

  test("names each process's own database role, and none to the page's server", () => {
    const users = { DATABASE_URL: 'postgres://app@db/studio', DATABASE_READ_URL: 'postgres://api@standby/studio' };
    const { api, worker, web } = serviceEnvironments(users, stack, addresses, files);
    expect(api).toMatchObject({ DATABASE_URL: stack.apiDatabaseUrl, DATABASE_READ_URL: users.DATABASE_READ_URL });
    expect(worker).toMatchObject({ DATABASE_URL: stack.workerDatabaseUrl });
    expect(worker).not.toHaveProperty('DATABASE_READ_URL');
    expect(Object.keys(web).filter((name) => name.startsWith('DATABASE'))).toEqual([]);
  });

  test('names the direct address of a database behind a pooler to both', () => {
    const pooled = { ...stack, databaseListenUrl: 'postgres://app@direct/studio' };
    const { api, worker } = serviceEnvironments({}, pooled, addresses, files);
    for (const env of [api, worker]) expect(env).toMatchObject({ DATABASE_LISTEN_URL: 'postgres://app@direct/studio' });
  });
});
