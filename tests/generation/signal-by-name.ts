import { Client, Connection } from '@temporalio/client';

/** Another service: knows the address, the workflow's id and the signal's name, and nothing of our code. */
const [address, namespace, workflowId, signal, argument] = process.argv.slice(2);
const connection = await Connection.connect({ address: address! });
const client = new Client({ connection, namespace: namespace! });
await client.workflow.getHandle(workflowId!).signal(signal!, JSON.parse(argument!));
await connection.close();
