import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#api/env.ts';
import { readEnv as readWebEnv } from '#web/env.ts';
import { loadComposeProject, LOAD_TIMEOUT_MS, serviceOf, type ComposeProject } from './compose-project.ts';

const OURS = ['prepare', 'api', 'worker', 'web'];
const FOREIGN = ['postgres', 'temporal', 'temporal-schema', 'temporal-ui', 'gcs', 'prometheus', 'grafana'];
const ONE_SHOT = ['prepare', 'temporal-schema'];
const STAYING = [...OURS, ...FOREIGN].filter((name) => !ONE_SHOT.includes(name));

describe('docker-compose.yml', () => {
  let compose: ComposeProject;
  // Fails with Compose's own words where the file breaks the specification's schema.
  beforeAll(async () => {
    compose = await loadComposeProject();
  }, LOAD_TIMEOUT_MS);

  it('has every part of the stack', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([...OURS, ...FOREIGN].toSorted());
  });

  it.each(FOREIGN)('pins the image of %s to a version', (name) => {
    expect(serviceOf(compose, name).image).toMatch(/^[\w./-]+:v?\d+\.\d+(\.\d+)?$/);
  });

  it('waits only for services that there are, in the way they can be waited for', () => {
    const waits = Object.values(compose.services).flatMap(({ depends_on }) => Object.entries(depends_on));
    expect(waits.length).toBeGreaterThan(0);
    for (const [needed, { condition }] of waits) {
      const oneShot = ONE_SHOT.includes(needed);
      expect([needed, condition]).toEqual([needed, oneShot ? 'service_completed_successfully' : 'service_healthy']);
      expect(oneShot || STAYING.includes(needed)).toBe(true);
    }
  });

  it.each(STAYING)('checks the health of %s and restarts it', (name) => {
    const { healthcheck, restart } = serviceOf(compose, name);
    expect(healthcheck?.test[0]).toBe('CMD');
    expect(restart).toBe('unless-stopped');
  });

  it.each(ONE_SHOT)('tries %s again a few times, then gives up', (name) => {
    expect(serviceOf(compose, name).restart).toMatch(/^on-failure:\d+$/);
  });

  it('publishes ports on loopback only, each once', () => {
    const published = Object.values(compose.services).flatMap(({ ports }) => ports);
    for (const { host_ip } of published) expect(host_ip).toBe('127.0.0.1');
    const numbers = published.map((port) => port.published);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('lets the worker scale: no name and no port of its own', () => {
    expect(serviceOf(compose, 'worker').ports).toEqual([]);
    for (const { container_name } of Object.values(compose.services)) expect(container_name).toBeUndefined();
  });

  it.each(OURS)('runs %s without privileges on a file system it can only read', (name) => {
    expect(serviceOf(compose, name)).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'] });
  });

  it('mounts files that exist and volumes that are declared', () => {
    const mounts = Object.values(compose.services).flatMap(({ volumes }) => volumes);
    const missing = mounts.filter(({ type, source }) =>
      type === 'bind' ? !existsSync(source) : !(source in compose.volumes),
    );
    expect(missing).toEqual([]);
  });

  it("keeps what must survive in volumes: Postgres' data, images, keys", () => {
    const targets = (name: string) =>
      serviceOf(compose, name).volumes.map(({ source, target }) => `${source}:${target}`);
    expect(targets('postgres')).toContain('postgres-data:/var/lib/postgresql');
    expect(targets('gcs')).toContain('gcs-objects:/objects');
    expect(targets('prepare')).toEqual(['gcs-key:/keys/gcs', 'demo-key:/keys/demo']);
  });

  it.each(OURS)('shows %s the keys that it reads, and no other', (name) => {
    const { environment, volumes } = serviceOf(compose, name);
    const read = Object.entries(environment).filter(([variable]) => variable.endsWith('_KEY_FILE'));
    expect(volumes.map(({ target }) => target).toSorted()).toEqual(read.map(([, file]) => dirname(file)).toSorted());
  });

  it('has the API believe the page’s server about addresses, and nobody else', () => {
    const { environment, networks } = serviceOf(compose, 'api');
    expect(environment['TRUSTED_PROXIES']).toBe(serviceOf(compose, 'web').networks['front']?.ipv4_address);
    expect(Object.keys(networks)).toContain('front');
  });

  it('publishes the page where a user says, and lets demo users in nowhere but on loopback', async () => {
    const published = await loadComposeProject({ PUBLISHED_ON: '0.0.0.0' });
    expect(serviceOf(published, 'web').ports).toMatchObject([{ host_ip: '0.0.0.0' }]);
    expect(serviceOf(published, 'api').ports).toMatchObject([{ host_ip: '127.0.0.1' }]);
    expect(() => readEnvironment(serviceOf(published, 'api').environment)).toThrow('DEMO_SIGN_IN');
    expect(() => readWebEnv(serviceOf(published, 'web').environment)).toThrow('DEMO_SIGN_IN');
  });
});
