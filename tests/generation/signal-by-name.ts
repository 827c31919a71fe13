import { Client, Connection } from '@temporalio/client';

/** Stands in for another service, which has only the address, the workflow id and the signal's name. */
const [address, namespace, workflowId, signal, argument] = process.argv.slice(2);
const connection = await Connection.connect({ address: address! });
const client = new Client({ connection, namespace: namespace! });
await client.workflow.getHandle(workflowId!).signal(signal!, JSON.parse(argument!));
await connection.close();
