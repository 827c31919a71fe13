import { Storage } from '@google-cloud/storage';
import { Client } from '@temporalio/client';
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectToTemporal,
  createTestBucket,
  createTestDatabase,
  createTestNamespace,
  type TestDatabase,
} from '../support/stack.ts';
import { billedActions } from '../support/temporal-actions.ts';

describe('the shared stack of the integration tests', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('provides each file with a database that the application role can use but does not own', async () => {
    const client = new PostgresClient({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query(
        'SELECT current_user AS role, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user',
      );
      expect(rows).toEqual([{ role: 'avatar_app', rolsuper: false, rolcreatedb: false }]);
      await expect(client.query('CREATE TABLE not_owned (id int)')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
    }
  });

  test('signs links to the emulator that a plain HTTP client can fetch', async () => {
    const { bucket, endpoint, clientEmail, privateKey } = await createTestBucket();
    const storage = new Storage({
      projectId: 'avatar-studio',
      apiEndpoint: endpoint ?? '',
      credentials: { client_email: clientEmail ?? '', private_key: privateKey ?? '' },
    });
    const file = storage.bucket(bucket).file('avatars/a/b/image.webp');
    await file.save(Buffer.from('image bytes'), { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });

    const [url] = await file.getSignedUrl({ version: 'v4', action: 'read', expires: Date.now() + 60_000 });

    expect(url).toContain('X-Goog-Signature=');
    // Without the secret of the guard, which is for our processes.
    const { origin } = new URL(endpoint ?? '');
    expect(url.startsWith(`${origin}/${bucket}/avatars/a/b/image.webp?`)).toBe(true);
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([200, 'image bytes']);
  });

  test('has a Temporal server with our search attributes, a retention of a week and a counter of actions', async () => {
    const connection = await connectToTemporal();
    try {
      const namespace = await createTestNamespace();
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      expect(Object.keys(customAttributes ?? {}).sort()).toEqual(['AccountId', 'ProjectId', 'SourceType', 'Tier']);
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(7 * 24 * 60 * 60);

      const client = new Client({ connection, namespace });
      await client.workflow.start('anything', { workflowId: 'counted', taskQueue: 'nobody-listens' });
      expect([...(await billedActions(namespace))]).toEqual([['grpc_StartWorkflowExecution', 1]]);
    } finally {
      await connection.close();
    }
  });
});
