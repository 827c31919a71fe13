import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { testKey } from '#tests/api/serve-api.ts';
import { COMPILE_CACHE } from '#tests/support/compile-cache.ts';
import { runProgram } from '#tests/support/processes.ts';
import {
  createTestBucket,
  createTestDatabase,
  createTestNamespace,
  sharedStack,
  storageEnvironment,
} from '#tests/support/stack.ts';
import { startFalSigningService } from './fal-signing-service.ts';

export interface RunningService {
  readonly address: string;
  readonly tokens: DemoTokens;
  /** The key that Replicate's webhooks are signed with. */
  readonly webhookSecret: string;
  /** Signs bodies as fal does. */
  readonly falSignUrl: string;
  stop(): Promise<void>;
}

/** Starts API and worker as separate processes, as in production, with their own database, bucket and namespace. */
export async function startService(): Promise<RunningService> {
  const [database, storage, namespace, fal] = await Promise.all([
    createTestDatabase(),
    createTestBucket(),
    createTestNamespace(),
    startFalSigningService(),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'avatar-studio-service-'));
  const key = testKey();
  const keyFile = join(folder, 'auth.pem');
  await writeFile(keyFile, key);
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ...COMPILE_CACHE,
    DATABASE_URL: database.apiUrl,
    TEMPORAL_ADDRESS: sharedStack().temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    ...storageEnvironment(storage),
    DEMO_SIGN_IN: 'on',
    AUTH_PRIVATE_KEY_FILE: keyFile,
    PROVIDERS: 'illustrator',
    API_PORT: '0',
    INTERNAL_PORT: '0',
    METRICS_PORT: '0',
    // One client sends as fast as it can; rate limits have their own tests.
    RATE_LIMIT_PER_MINUTE: '1000000',
    UPLOAD_LIMIT_PER_MINUTE: '1000000',
    GENERATE_SLOTS: '1',
    IMAGE_CHECK: 'off', // its model costs more than all images here, and the check has its own tests
    REPLICATE_WEBHOOK_SECRET: webhookSecret,
    FAL_WEBHOOK_USER_ID: fal.userId,
    FAL_JWKS_URL: fal.keysUrl,
  };
  const api = runProgram(process.execPath, ['api/server.ts'], { env });
  const worker = runProgram(process.execPath, ['temporal/worker/worker.ts'], {
    env: { ...env, DATABASE_URL: database.workerUrl },
  });
  const stop = async () => {
    for (const { child } of [api, worker]) child.kill('SIGTERM');
    await Promise.all([api.ended, worker.ended]);
    fal.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  };
  try {
    const entry = await api.waitForOutput(/"address":/);
    // It serves the internal routes too.
    const { internalAddress: address } = JSON.parse(entry) as { internalAddress: string };
    return { address, tokens: createDemoTokens(key), webhookSecret, falSignUrl: fal.signUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
