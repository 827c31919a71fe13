import { NativeConnection } from '@temporalio/worker';
import { connectionConfig } from '../client/connection.ts';

/** The worker's connection. @throws when Temporal can't be reached within the SDK's connect timeout */
export async function connectWorker(): Promise<{ connection: NativeConnection; namespace: string }> {
  const { connectionOptions, namespace } = connectionConfig();
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
