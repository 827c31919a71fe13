import type { Addresses } from './addresses.ts';
import type { StackSettings } from './stack.ts';

/** One of the project's own processes. */
export interface Service {
  readonly name: string;
  /** Options of Node, then the program, relative to the project. */
  readonly args: readonly string[];
  /** Responds with 200 when the service is healthy. */
  readonly healthUrl: string;
}

const DATABASE_ADDRESS = /^DATABASE_(\w+_)?(URL|PASSWORD_FILE)$/;

/** `development`: each service restarts when its sources change, and the page updates live. */
export type Mode = 'production' | 'development';

const PROGRAMS: Readonly<Record<Mode, Readonly<Record<'api' | 'worker' | 'web', readonly string[]>>>> = {
  production: { api: ['api/server.ts'], worker: ['temporal/worker/worker.ts'], web: ['web/server.ts'] },
  development: {
    api: ['--watch', '--watch-preserve-output', 'api/server.ts'],
    worker: ['--watch', '--watch-preserve-output', 'stack/dev-worker.ts'],
    web: ['web/dev-server.ts'],
  },
};

/** The services that `npm start` and `npm run dev` run. */
export function servicesAt(addresses: Addresses, mode: Mode): Readonly<Record<'api' | 'worker' | 'web', Service>> {
  const { api, worker, web } = PROGRAMS[mode];
  return {
    api: { name: 'api', args: api, healthUrl: `${addresses.apiUrl}/healthz` },
    worker: { name: 'worker', args: worker, healthUrl: `${addresses.workerMetricsUrl}` },
    web: { name: 'web', args: web, healthUrl: `${addresses.webUrl}/` },
  };
}

/** Files created for the services; omitted where the user configured their own. */
export interface ServiceFiles {
  /** Private key of the demo tokens. */
  readonly authKey?: string;
  /** The keys that seal secrets in the database. */
  readonly secretsKey?: string;
  /** Temporal profile of the embedded server. */
  readonly temporalProfile?: string;
  /** Folder of the code that Node compiled, so that the next start does not compile it again. */
  readonly compiledCode: string;
  /** Where the launcher writes the state of the parts that it prepares. */
  readonly startupStatus: string;
}

export type ServiceEnvironments = Readonly<Record<'api' | 'worker' | 'web', NodeJS.ProcessEnv>>;

/**
 * The environment of each service: the user's own, with the addresses of the stack. Variables that configure the stack are replaced by
 * their result, so that no service resolves them again. API and worker have a role of the database each, and the page's server none.
 */
export function serviceEnvironments(
  env: NodeJS.ProcessEnv,
  stack: StackSettings,
  addresses: Addresses,
  files: ServiceFiles,
): ServiceEnvironments {
  const common = commonEnvironment(env, stack, addresses, files);
  const database = {
    ...given('DATABASE_LISTEN_URL', stack.databaseListenUrl),
    ...given('DATABASE_PASSWORD_FILE', env['DATABASE_PASSWORD_FILE']),
  };
  const replica = given('DATABASE_READ_URL', env['DATABASE_READ_URL']);
  return {
    api: { ...common, ...database, ...replica, DATABASE_URL: stack.apiDatabaseUrl },
    worker: { ...common, ...database, DATABASE_URL: stack.workerDatabaseUrl },
    web: common,
  };
}

function commonEnvironment(
  env: NodeJS.ProcessEnv,
  stack: StackSettings,
  addresses: Addresses,
  files: ServiceFiles,
): NodeJS.ProcessEnv {
  const { storage } = stack;
  const inherited = Object.fromEntries(
    Object.entries(env).filter(([name]) => name !== 'STORAGE_EMULATOR_HOST' && !DATABASE_ADDRESS.test(name)),
  );
  return {
    // An external Temporal is read from the user's own variables: they may include keys and certificates.
    ...(stack.hasEmbeddedTemporal ? embeddedTemporal(inherited, stack, files) : inherited),
    ...given('TEMPORAL_UI_URL', stack.temporalUiUrl),
    GCS_BUCKET: storage.bucket,
    ...given('GCS_ENDPOINT', storage.endpoint),
    // Origin of the images' signed URLs, for the page's content security policy.
    ...given('IMAGE_ORIGIN', storage.endpoint && new URL(storage.endpoint).origin),
    ...given('GCS_CLIENT_EMAIL', storage.clientEmail),
    ...given('GCS_PRIVATE_KEY_FILE', storage.privateKeyFile),
    ...given('AUTH_PRIVATE_KEY_FILE', files.authKey),
    ...given('SECRETS_KEY_FILE', files.secretsKey),
    // A third of what a start costs. Node's own files there are bound to its version and user.
    NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] || files.compiledCode,
    STARTUP_STATUS_FILE: files.startupStatus,
    DEMO_SIGN_IN: files.authKey === undefined ? 'off' : 'on',
    // Load balancers are in front of the web server, which is in front of the API on this machine.
    ...given('TRUSTED_PROXIES', env['TRUSTED_PROXIES'] && `loopback,${env['TRUSTED_PROXIES']}`),
    API_PORT: String(new URL(addresses.apiUrl).port),
    INTERNAL_PORT: String(new URL(addresses.internalUrl).port),
    API_URL: addresses.apiUrl,
    WEB_PORT: String(new URL(addresses.webUrl).port),
    WEB_URL: addresses.webUrl,
    // There is no load balancer here, and Ctrl-C should be fast.
    DRAIN_MS: env['DRAIN_MS'] || '0',
    METRICS_PORT: String(new URL(addresses.workerMetricsUrl).port),
    // What many threads allocate is otherwise held in an arena for each: a worker stays 200 MB larger.
    MALLOC_ARENA_MAX: env['MALLOC_ARENA_MAX'] || '2',
  };
}

/** The user's API keys and profiles must not apply to the embedded server: they would enable TLS. */
function embeddedTemporal(env: NodeJS.ProcessEnv, stack: StackSettings, files: ServiceFiles): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_'))),
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_NAMESPACE: stack.temporalNamespace,
    ...given('TEMPORAL_CONFIG_FILE', files.temporalProfile),
  };
}

function given(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}
