import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#api/env.ts';
import { readWorkerEnv } from '#temporal/worker/env.ts';
import { readEnv as readWebEnv } from '#web/env.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, serviceOf, type ComposeProject } from './compose-project.ts';

const OUR_SERVICES = ['prepare', 'images', 'api', 'worker', 'web'];
const THIRD_PARTY = [
  'postgres',
  'temporal',
  'temporal-schema',
  'temporal-ui',
  'gcs',
  'otel-collector',
  'jaeger',
  'prometheus',
  'node-exporter',
  'grafana',
];
const ONE_SHOT = ['prepare', 'temporal-schema'];
const LONG_RUNNING = [...OUR_SERVICES, ...THIRD_PARTY].filter((name) => !ONE_SHOT.includes(name));

describe('docker-compose.yml', () => {
  let compose: ComposeProject;
  // Fails with Compose's own message when the file violates the specification's schema.
  beforeAll(async () => {
    compose = await loadComposeProject();
  }, LOAD_TIMEOUT_MS);

  it('defines every service of the stack', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([...OUR_SERVICES, ...THIRD_PARTY].toSorted());
  });

  it.each(THIRD_PARTY)('pins the image of %s to a version', (name) => {
    expect(serviceOf(compose, name).image).toMatch(/^[\w./-]+:v?\d+\.\d+(\.\d+)?(@sha256:[0-9a-f]{64})?$/);
  });

  it('waits only for services that exist, on a condition that they can meet', () => {
    const waits = Object.values(compose.services).flatMap(({ depends_on }) => Object.entries(depends_on));
    expect(waits.length).toBeGreaterThan(0);
    for (const [needed, { condition }] of waits) {
      const oneShot = ONE_SHOT.includes(needed);
      expect([needed, condition]).toEqual([needed, oneShot ? 'service_completed_successfully' : 'service_healthy']);
      expect(oneShot || LONG_RUNNING.includes(needed)).toBe(true);
    }
  });

  it.each(LONG_RUNNING)('checks the health of %s and restarts it', (name) => {
    const { healthcheck, restart } = serviceOf(compose, name);
    expect(healthcheck?.test[0]).toBe('CMD');
    expect(restart).toBe('unless-stopped');
  });

  it.each(ONE_SHOT)('restarts %s a few times on failure, then gives up', (name) => {
    expect(serviceOf(compose, name).restart).toMatch(/^on-failure:\d+$/);
  });

  it('limits the memory and the log of every service', () => {
    for (const [name, { mem_limit, logging }] of Object.entries(compose.services)) {
      expect([name, (mem_limit ?? 0) > 0, logging?.driver, logging?.options]).toEqual([
        name,
        true,
        'json-file',
        { 'max-size': '10m', 'max-file': '5' },
      ]);
    }
  });

  it('lets a worker drain before its container runs out of memory', () => {
    const { mem_limit, environment } = serviceOf(compose, 'worker');
    expect(readWorkerEnv(environment).MEMORY_LIMIT_MB).toBeLessThan(mem_limit ?? 0);
  });

  it('publishes each port once, and on loopback only', () => {
    const published = Object.values(compose.services).flatMap(({ ports }) => ports);
    for (const { host_ip } of published) expect(host_ip).toBe('127.0.0.1');
    const numbers = published.map((port) => port.published);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('publishes neither Postgres nor the storage emulator, which ask nobody who they are', () => {
    for (const name of ['postgres', 'gcs']) expect(serviceOf(compose, name).ports).toEqual([]);
    const publicEndpoint = new URL(readEnvironment(serviceOf(compose, 'api').environment).GCS_PUBLIC_ENDPOINT ?? '');
    expect(serviceOf(compose, 'images').ports).toMatchObject([{ published: publicEndpoint.port }]);
  });

  it('gives the worker no container name and no port, so that it can scale', () => {
    expect(serviceOf(compose, 'worker').ports).toEqual([]);
    for (const { container_name } of Object.values(compose.services)) expect(container_name).toBeUndefined();
  });

  it.each(OUR_SERVICES)('runs %s without privileges on a read-only file system', (name) => {
    expect(serviceOf(compose, name)).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'] });
  });

  it('mounts only files that exist and volumes that are declared', () => {
    const mounts = Object.values(compose.services).flatMap(({ volumes }) => volumes);
    const missing = mounts.filter(({ type, source }) =>
      type === 'bind' ? !existsSync(source) : !(source in compose.volumes),
    );
    expect(missing).toEqual([]);
  });

  it("stores Postgres' data, images and keys in volumes", () => {
    const targets = (name: string) =>
      serviceOf(compose, name).volumes.map(({ source, target }) => `${source}:${target}`);
    expect(targets('postgres')).toContain('postgres-data:/var/lib/postgresql');
    expect(targets('gcs')).toContain('gcs-objects:/objects');
    expect(targets('prepare')).toEqual(['gcs-key:/keys/gcs', 'demo-key:/keys/demo', 'secrets-key:/keys/secrets']);
  });

  it.each(OUR_SERVICES)('mounts into %s the keys that it reads, and no others', (name) => {
    const { environment, volumes } = serviceOf(compose, name);
    // Where a feature is off by default, the file and its mount are the operator's.
    const read = Object.entries(environment).filter(
      ([variable, file]) => variable.endsWith('_KEY_FILE') && file !== '',
    );
    expect(volumes.map(({ target }) => target).toSorted()).toEqual(read.map(([, file]) => dirname(file)).toSorted());
  });

  it('makes the API trust only the web server as a proxy', () => {
    const { environment, networks } = serviceOf(compose, 'api');
    expect(environment['TRUSTED_PROXIES']).toBe(serviceOf(compose, 'web').networks['front']?.ipv4_address);
    expect(Object.keys(networks)).toContain('front');
  });

  it('publishes the page on a configured address, and allows demo sign-in on loopback only', async () => {
    const published = await loadComposeProject({ PUBLISHED_ON: '0.0.0.0' });
    expect(serviceOf(published, 'web').ports).toMatchObject([{ host_ip: '0.0.0.0' }]);
    expect(serviceOf(published, 'api').ports).toMatchObject([{ host_ip: '127.0.0.1' }]);
    expect(() => readEnvironment(serviceOf(published, 'api').environment)).toThrow('DEMO_SIGN_IN');
    expect(() => readWebEnv(serviceOf(published, 'web').environment)).toThrow('DEMO_SIGN_IN');
  });
});
