import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

/** TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS and API key, or a profile, as in every Temporal SDK. */
function config() {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return { connectionOptions, namespace: namespace ?? 'default' };
}

/** The client's connection. Lazy: the API starts, and responds 503, while Temporal is unavailable. */
export function connectClient(): { connection: Connection; client: Client; namespace: string } {
  const { connectionOptions, namespace } = config();
  const connection = Connection.lazy(connectionOptions);
  return { connection, client: new Client({ connection, namespace }), namespace };
}

/** The worker's connection. @throws when Temporal can't be reached within the SDK's connect timeout */
export async function connectWorker(): Promise<{ connection: NativeConnection; namespace: string }> {
  const { connectionOptions, namespace } = config();
  const { address, apiKey, metadata, tls } = connectionOptions;
  const connection = await NativeConnection.connect({
    ...(address === undefined ? {} : { address }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(tls === undefined ? {} : { tls }),
  } as Parameters<typeof NativeConnection.connect>[0]).catch((cause: unknown) => {
    throw new Error(`Temporal can't be reached at ${address ?? 'its default address'}`, { cause });
  });
  return { connection, namespace };
}
