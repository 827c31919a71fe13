import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** A Temporal service the user has configured. */
export interface ConfiguredTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly connection: ConnectionOptions;
}

/** A profile file alone is ignored: on many machines it refers to a production server. */
const SETTINGS = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'] as const;
const DEFAULT_ADDRESS = 'localhost:7233';

/**
 * The Temporal service of the environment, read as all Temporal tools read it (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,
 * TEMPORAL_API_KEY, TEMPORAL_TLS…, profiles in TEMPORAL_CONFIG_FILE).
 *
 * @returns undefined unless one of TEMPORAL_ADDRESS, TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE is set.
 */
export function configuredTemporal(env: NodeJS.ProcessEnv): ConfiguredTemporal | undefined {
  if (!SETTINGS.some((name) => (env[name] ?? '') !== '')) return undefined;
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(defined) });
  const { address, tls, apiKey, metadata } = connectionOptions;
  return {
    address: address ?? DEFAULT_ADDRESS,
    namespace: namespace ?? 'default',
    connection: {
      address: address ?? DEFAULT_ADDRESS,
      ...(tls === undefined ? {} : { tls }),
      ...(typeof apiKey === 'string' ? { apiKey } : {}),
      ...(metadata === undefined ? {} : { metadata: metadata as Record<string, string> }),
    },
  };
}
