import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
  type WorkflowClientInterceptor,
} from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS and API key, or a profile, as in every Temporal SDK. */
export function connectionConfig() {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return { connectionOptions, namespace: namespace ?? 'default' };
}

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type NextCall = Parameters<Interceptor>[1];
/** What gRPC asks of a call; the type of an interceptor names the class instead. */
type Call = ReturnType<NextCall>;

/** gRPC: the caller ended the call. The SDK does not send such a call again. */
const GRPC_CANCELLED = 1;

/**
 * Ends a call that is sent again over a connection that was closed meanwhile. The SDK sends it from a timer, where the exception that gRPC
 * throws would be nobody's: it would end the process with an error.
 */
const endAfterClose = ((options: Parameters<NextCall>[0], nextCall: NextCall): Call => {
  try {
    return nextCall(options);
  } catch (error) {
    return endedCall(error instanceof Error ? error.message : String(error));
  }
}) as Interceptor;

function endedCall(details: string): Call {
  const ignored = () => undefined;
  return {
    start: (metadata, listener) => {
      setImmediate(() => listener?.onReceiveStatus?.({ code: GRPC_CANCELLED, details, metadata }));
    },
    sendMessage: ignored,
    sendMessageWithContext: ignored,
    startRead: ignored,
    halfClose: ignored,
    cancelWithStatus: ignored,
    getPeer: () => '',
    getAuthContext: () => null,
  };
}

/** The SDK's own retries, around what ends them. */
const INTERCEPTORS = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endAfterClose];

/** The client's connection. Lazy: the API starts, and responds 503, while Temporal is unavailable. */
export function connectClient(workflow: WorkflowClientInterceptor[] = []): {
  connection: Connection;
  client: Client;
  namespace: string;
} {
  const { connectionOptions, namespace } = connectionConfig();
  const connection = Connection.lazy({ ...connectionOptions, interceptors: INTERCEPTORS });
  return { connection, client: new Client({ connection, namespace, interceptors: { workflow } }), namespace };
}
