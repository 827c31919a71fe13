import type { Addresses } from './addresses.ts';
import type { Stack } from './stack.ts';

/** One of the project's own processes. */
export interface Service {
  readonly name: string;
  /** Program, relative to the project. */
  readonly entry: string;
  /** Answers 200 when the service works. */
  readonly healthUrl: string;
}

/** What `npm start` runs on the stack. */
export function servicesAt(addresses: Addresses): Service[] {
  return [
    { name: 'api', entry: 'api/server.ts', healthUrl: `${addresses.apiUrl}/healthz` },
    { name: 'worker', entry: 'temporal/worker.ts', healthUrl: `${addresses.workerMetricsUrl}` },
    { name: 'web', entry: 'web/server.ts', healthUrl: `${addresses.webUrl}/` },
  ];
}

/** Files made for the services; those that the user has configured otherwise are missing. */
export interface ServiceFiles {
  /** Private key of the demo tokens. */
  readonly authKey?: string;
  /** Temporal profile of the embedded server. */
  readonly temporalProfile?: string;
}

/**
 * The environment of the services: the user's own, with every address of the stack put in. Variables that chose a part
 * of the stack are replaced by what was chosen, so that no service decides a second time.
 */
export function serviceEnvironment(
  env: NodeJS.ProcessEnv,
  stack: Stack,
  addresses: Addresses,
  files: ServiceFiles,
): NodeJS.ProcessEnv {
  const { storage } = stack;
  const { STORAGE_EMULATOR_HOST: _decided, DATABASE_OWNER_URL: _notTheirs, ...inherited } = env;
  return {
    // An external Temporal is read from the user's own variables: there may be keys and certificates with it.
    ...(stack.temporal === undefined ? inherited : embeddedTemporal(inherited, stack, files)),
    DATABASE_URL: stack.databaseUrl,
    DATABASE_LISTEN_URL: stack.databaseListenUrl,
    ...given('TEMPORAL_UI_URL', stack.temporalUiUrl),
    GCS_BUCKET: storage.bucket,
    ...given('GCS_ENDPOINT', storage.endpoint),
    // Of the pictures' signed addresses, for the page's security policy.
    ...given('IMAGE_ORIGIN', storage.endpoint),
    ...given('GCS_CLIENT_EMAIL', storage.clientEmail),
    ...given('GCS_PRIVATE_KEY_FILE', storage.privateKeyFile),
    ...given('AUTH_PRIVATE_KEY_FILE', files.authKey),
    API_PORT: String(new URL(addresses.apiUrl).port),
    API_URL: addresses.apiUrl,
    WEB_PORT: String(new URL(addresses.webUrl).port),
    WEB_URL: addresses.webUrl,
    METRICS_PORT: String(new URL(addresses.workerMetricsUrl).port),
  };
}

/** Neither an API key nor a profile of the user's may reach the embedded server: they would turn on TLS. */
function embeddedTemporal(env: NodeJS.ProcessEnv, stack: Stack, files: ServiceFiles): NodeJS.ProcessEnv {
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
