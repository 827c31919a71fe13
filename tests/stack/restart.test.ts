import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '#stack/stack.ts';
import { startStack } from '#stack/start-stack.ts';
import { processesMentioning } from '../support/processes.ts';
import { createDataDir, removeDataDir, testEnvironment } from '../support/temporary-stack.ts';

describe('a stopped or crashed stack', () => {
  let dataDir: string;
  let stack: Stack;
  const start = (): Promise<Stack> =>
    startStack({ dataDir, env: testEnvironment(), durable: false, temporalUi: false });
  beforeAll(async () => {
    dataDir = await createDataDir();
    stack = await start();
    await writeEverywhere(stack);
  });
  afterAll(async () => {
    await stack.stop();
    await removeDataDir(dataDir);
  });

  test('has all its data after the next start', async () => {
    await stack.stop();
    expect(await processesMentioning(dataDir)).toEqual([]);
    stack = await start();
    expect(await readEverywhere(stack)).toEqual({ row: 'stored', workflow: 'RUNNING', object: 'stored' });
  });

  test('refuses a second launcher on the same data folder, and names the first one', async () => {
    await expect(start()).rejects.toThrow(`already running on ${dataDir} (process ${process.pid})`);
    expect(await readEverywhere(stack)).toMatchObject({ row: 'stored' });
  });

  test('restarts Postgres on the same address after a crash, and Temporal continues', async () => {
    await stack.postgres?.kill9();
    await expect(readRow(stack)).rejects.toThrow('ECONNREFUSED');
    await stack.postgres?.restart();
    expect(await readEverywhere(stack)).toEqual({ row: 'stored', workflow: 'RUNNING', object: 'stored' });
  });

  test('restarts Temporal on the same address after a crash', async () => {
    await stack.temporal?.kill9();
    await stack.temporal?.restart();
    expect(await readEverywhere(stack)).toMatchObject({ workflow: 'RUNNING' });
  });

  test('restarts the GCS emulator on the same address after an outage', async () => {
    await stack.gcs?.stop();
    await expect(readObject(stack)).rejects.toThrow('fetch failed');
    await stack.gcs?.restart();
    expect(await readObject(stack)).toBe('stored');
  });
});

async function writeEverywhere(stack: Stack): Promise<void> {
  const { endpoint, bucket } = stack.storage;
  await query(stack, "CREATE TABLE stored (value text); INSERT INTO stored VALUES ('stored')");
  await withTemporal(stack, (client) =>
    client.workflow.start('any', { workflowId: 'stored', taskQueue: 'nobody-listens' }),
  );
  const url = `${endpoint}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=folder/stored`;
  const response = await fetch(url, { method: 'POST', body: 'stored' });
  if (!response.ok) throw new Error(`upload answered ${response.status}`);
}

async function readEverywhere(stack: Stack): Promise<{ row: string; workflow: string; object: string }> {
  const [row, workflow, object] = await Promise.all([
    readRow(stack),
    withTemporal(stack, async (client) => (await client.workflow.getHandle('stored').describe()).status.name),
    readObject(stack),
  ]);
  return { row, workflow, object };
}

async function readRow(stack: Stack): Promise<string> {
  return (await query(stack, 'SELECT value FROM stored'))[0]?.value ?? 'missing';
}

async function readObject(stack: Stack): Promise<string> {
  const { endpoint, bucket } = stack.storage;
  return (await fetch(`${endpoint}/storage/v1/b/${bucket}/o/${encodeURIComponent('folder/stored')}?alt=media`)).text();
}

async function query(stack: Stack, sql: string): Promise<{ value: string }[]> {
  const client = new Client({ connectionString: stack.databaseOwnerUrl });
  await client.connect();
  try {
    return (await client.query<{ value: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withTemporal<T>(stack: Stack, work: (client: TemporalClient) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    return await work(new TemporalClient({ connection, namespace: stack.temporalNamespace }));
  } finally {
    await connection.close();
  }
}
