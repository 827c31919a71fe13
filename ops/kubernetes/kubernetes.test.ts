import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { type IJob, Job } from 'kubernetes-models/batch/v1';
import { type IContainer, type IPodTemplateSpec, Service, type IService } from 'kubernetes-models/v1';
import { NetworkPolicy, type INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '#api/env.ts';
import { HEALTH_PATHS } from '#api/health/routes.ts';
import { VARIABLES } from '#domain/configuration/variables.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { readPrepareEnv } from '#ops/containers/env.ts';
import { readWorkerEnv } from '#temporal/worker/env.ts';
import { readEnv as readWebEnv } from '#web/env.ts';

interface Manifest {
  readonly file: string;
  readonly kind: string;
  readonly content: unknown;
}

const FOLDER = import.meta.dirname;
/** Read by Temporal's own configuration, as in every SDK. */
const TEMPORAL_FILE = 'TEMPORAL_CONFIG_FILE';

const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
const MANIFESTS: readonly Manifest[] = FILES.filter((file) => basename(file) !== 'name-reference.yaml').flatMap(
  (file) =>
    parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8'), { uniqueKeys: true }).map((document) => {
      const content: unknown = document.toJS();
      return { file, kind: (content as { kind: string }).kind, content };
    }),
);

/** Kustomize's own file: only what is used here, so that a misspelled field is found. */
const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  nameSuffix: z.string().optional(),
  resources: z.array(z.string()),
  labels: z
    .array(z.strictObject({ pairs: z.record(z.string(), z.string()), includeSelectors: z.boolean().optional() }))
    .optional(),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).optional(),
  configurations: z.array(z.string()).optional(),
});

/** How each kind is validated: by the schema of the API server, or of KEDA's resource. */
const VALIDATE: Readonly<Record<string, (content: never) => unknown>> = {
  Deployment: (content) => new Deployment(content).validate(),
  Job: (content) => new Job(content).validate(),
  Service: (content) => new Service(content).validate(),
  HorizontalPodAutoscaler: (content) => new HorizontalPodAutoscaler(content).validate(),
  PodDisruptionBudget: (content) => new PodDisruptionBudget(content).validate(),
  NetworkPolicy: (content) => new NetworkPolicy(content).validate(),
  ScaledObject: (content) => new ScaledObject(content).validate(),
  Kustomization: (content) => kustomization.parse(content),
};

const ofKind = <Content>(kind: string) =>
  MANIFESTS.filter((manifest) => manifest.kind === kind).map(({ content }) => content as Content);
const DEPLOYMENTS = ofKind<IDeployment>('Deployment');
const PODS: readonly (readonly [string, IPodTemplateSpec])[] = [...DEPLOYMENTS, ...ofKind<IJob>('Job')].map(
  ({ metadata, spec }) => [metadata!.name!, spec!.template],
);
const podOf = (name: string) => PODS.find(([other]) => other === name)![1];
const containerOf = (name: string): IContainer => podOf(name).spec!.containers[0]!;
const environmentOf = (name: string) =>
  Object.fromEntries(containerOf(name).env!.map(({ name: variable, value }) => [variable, value]));
const portOf = (container: IContainer, port: number | string) =>
  typeof port === 'number' ? port : container.ports!.find(({ name }) => name === port)?.containerPort;

/** How each process reads its environment, the variable of each port, and where it tells its health. */
const PROCESSES: Readonly<
  Record<
    string,
    { read: (env: NodeJS.ProcessEnv) => unknown; ports: Record<string, string>; health: readonly string[] }
  >
> = {
  api: { read: readEnvironment, ports: { http: 'API_PORT', internal: 'INTERNAL_PORT' }, health: HEALTH_PATHS },
  web: { read: readWebEnv, ports: { http: 'WEB_PORT' }, health: ['/healthz', '/readyz'] },
  worker: { read: readWorkerEnv, ports: { metrics: 'METRICS_PORT' }, health: ['/healthz'] },
  setup: { read: readPrepareEnv, ports: {}, health: [] },
};

describe('the manifests', () => {
  it.each(MANIFESTS.map((manifest) => [`${manifest.kind} in ${manifest.file}`, manifest] as const))(
    '%s is valid',
    (_, { kind, content }) => {
      expect(VALIDATE[kind], `no schema for ${kind}`).toBeDefined();
      expect(() => VALIDATE[kind]!(content as never)).not.toThrow();
    },
  );

  it('are refused by these schemas when a field has the wrong type or is missing', () => {
    const [deployment] = DEPLOYMENTS;
    expect(() =>
      VALIDATE['Deployment']!({ ...deployment, spec: { ...deployment!.spec, replicas: 'two' } } as never),
    ).toThrow('replicas');
    expect(() => VALIDATE['Deployment']!({ ...deployment, spec: {} } as never)).toThrow('selector');
    expect(() => VALIDATE['ScaledObject']!({ spec: { triggers: [] } } as never)).toThrow('scaleTargetRef');
  });

  it('are each in a kustomization', () => {
    const listed = MANIFESTS.filter(({ kind }) => kind === 'Kustomization').flatMap(({ file, content }) => {
      const { resources, configurations = [] } = kustomization.parse(content);
      return [...resources, ...configurations].map((name) => relative(FOLDER, join(FOLDER, dirname(file), name)));
    });
    const files = FILES.filter((file) => basename(file) !== 'kustomization.yaml');
    expect(files.filter((file) => !listed.includes(file))).toEqual([]);
    const all = new Set([...files, ...FILES.map(dirname)]);
    expect(listed.filter((name) => !all.has(name))).toEqual([]);
  });
});

describe.each(Object.entries(PROCESSES))('the container of %s', (name, { read, ports, health }) => {
  it('sets only variables that exist, and its process starts with them', () => {
    const { [TEMPORAL_FILE]: _, ...environment } = environmentOf(name);
    expect(Object.keys(environment).filter((variable) => !VARIABLES.includes(variable))).toEqual([]);
    expect(() => read(environment)).not.toThrow();
  });

  it('listens on its ports and is probed there', () => {
    const container = containerOf(name);
    const environment = environmentOf(name);
    expect(
      Object.fromEntries((container.ports ?? []).map(({ name: port, containerPort }) => [port, String(containerPort)])),
    ).toEqual(Object.fromEntries(Object.entries(ports).map(([port, variable]) => [port, environment[variable]])));
    const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe].flatMap(
      (probe) => probe?.httpGet ?? [],
    );
    expect(probes.length > 0).toBe(health.length > 0);
    for (const { path, port } of probes) {
      expect(health).toContain(path);
      expect(portOf(container, port)).toBeGreaterThan(0);
    }
  });

  it('finds the files of its variables in its secrets', () => {
    const mounts = containerOf(name).volumeMounts!;
    const volumes = podOf(name).spec!.volumes!;
    const files = Object.entries(environmentOf(name)).flatMap(([variable, value]) =>
      variable.endsWith('_FILE') && variable !== TEMPORAL_FILE ? value! : [],
    );
    for (const file of files) {
      const mount = mounts.find(({ mountPath }) => mountPath === dirname(file))!;
      const { secret } = volumes.find((volume) => volume.name === mount.name)!;
      expect(secret?.items?.map(({ path }) => path)).toContain(basename(file));
    }
    expect(mounts.every((mount) => volumes.some((volume) => volume.name === mount.name))).toBe(true);
  });

  it('has no privileges, cannot write to its image, and has a limit of memory', () => {
    const { securityContext, resources } = containerOf(name);
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(podOf(name).spec!.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(resources?.limits).toHaveProperty('memory');
  });
});

describe('what belongs together', () => {
  it('has the same names and ports: services, scalers, disruption budgets, network policies', () => {
    const names = DEPLOYMENTS.map(({ metadata }) => metadata!.name!);
    for (const { metadata, spec } of ofKind<IService>('Service')) {
      expect(names).toContain(metadata!.name);
      for (const { targetPort } of spec!.ports!)
        expect(portOf(containerOf(metadata!.name!), targetPort!)).toBeDefined();
    }
    for (const kind of ['HorizontalPodAutoscaler', 'ScaledObject'])
      for (const { spec } of ofKind<{ spec: { scaleTargetRef: { name: string } } }>(kind))
        expect(names).toContain(spec.scaleTargetRef.name);
    const budgets = ofKind<{ metadata: { name: string } }>('PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(budgets.toSorted()).toEqual(names.toSorted());
    const policies = ofKind<INetworkPolicy>('NetworkPolicy');
    expect(names.filter((name) => !policies.some(({ metadata }) => metadata!.name === name))).toEqual([]);
    for (const { metadata, spec } of policies.filter((policy) => names.includes(policy.metadata!.name!)))
      for (const { ports } of spec!.ingress!)
        for (const { port } of ports!)
          expect(containerOf(metadata!.name!).ports!.map(({ containerPort }) => containerPort)).toContain(port);
  });

  it('scales workers by the queues that they read', () => {
    const [scaled] = ofKind<{ spec: { triggers: { type: string; metadata: Record<string, string> }[] } }>(
      'ScaledObject',
    );
    const queues = Object.values(taskQueues());
    for (const { type, metadata } of scaled!.spec.triggers) {
      expect(type).toBe('temporal');
      expect(queues).toContain(metadata['taskQueue']);
      expect(['activity', 'workflow']).toContain(metadata['queueTypes']);
    }
  });

  it('gives a pod longer to end than its process takes', () => {
    const { DRAIN_MS } = environmentOf('api');
    // Open requests or activities, then connections: api/server.ts, temporal/worker/run-worker.ts.
    const longestSeconds = Number(DRAIN_MS) / 1000 + 15 + 5;
    for (const { spec } of DEPLOYMENTS)
      expect(spec!.template.spec!.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(longestSeconds);
  });

  it('stops a worker by its own limit before the kubelet does', () => {
    expect(containerOf('worker').resources?.limits?.['memory']).toBe('1Gi');
    expect(Number(environmentOf('worker')['MEMORY_LIMIT_MB'])).toBeLessThan(1024);
  });
});

describe('the connection to Temporal', () => {
  const connectionOf = (text: string) =>
    loadClientConnectConfig({ configSource: { data: Buffer.from(text) }, disableEnv: true });
  const read = (file: string) => readFileSync(join(FOLDER, 'temporal', file), 'utf8');

  it('is with an API key and TLS at Temporal Cloud', () => {
    const { connectionOptions, namespace } = connectionOf(read('cloud.toml'));
    expect(namespace).toBe('avatar-studio.a1b2c');
    expect(connectionOptions).toMatchObject({
      address: 'europe-west3.gcp.api.temporal.io:7233',
      apiKey: 'REPLACE',
    });
    expect(connectionOptions.tls).toBeTruthy();
  });

  it('is with mTLS at a server of yours', () => {
    const inline = read('self-hosted.toml').replaceAll(/(\w+)_path = "\/temporal\/(\S+)"/g, '$1_data = "$2"');
    const { connectionOptions, namespace } = connectionOf(inline);
    expect(namespace).toBe('default');
    expect(connectionOptions.address).toBe('temporal-frontend:7233');
    expect(connectionOptions.tls).toMatchObject({
      serverNameOverride: 'temporal-frontend',
      serverRootCACertificate: new Uint8Array(Buffer.from('ca.pem')),
      clientCertPair: {
        crt: new Uint8Array(Buffer.from('client.pem')),
        key: new Uint8Array(Buffer.from('client.key')),
      },
    });
  });
});
