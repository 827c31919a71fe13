import { migrate } from '#drizzle/migrate/migrate.ts';
import { seed } from '#drizzle/seed.ts';
import { withPassword } from '#process/database-url.ts';
import { newSecretsKey } from '#process/secret-box.ts';
import { runCommand } from '#process/run-command.ts';
import { ensureBucket } from '#stack/gcs/bucket.ts';
import { readOrCreateFile, readOrCreatePrivateKey } from '#stack/private-key.ts';
import { configuredTemporal } from '#stack/temporal/configured.ts';
import { ensureNamespace } from '#stack/temporal/namespace.ts';
import { readPrepareEnv, type PrepareEnv } from './env.ts';

/**
 * Creates what API and workers need before they start: tables and presets, and what is configured of namespace, emulator's bucket,
 * keys and demo users. Safe to repeat. `npm run setup`.
 */
async function prepare(): Promise<void> {
  const env = readPrepareEnv(process.env);
  await createKeys(env);
  const ownerUrl = withPassword(env.DATABASE_OWNER_URL, env.DATABASE_OWNER_PASSWORD_FILE);
  const applied = await migrate(ownerUrl);
  console.log(`Database: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}`);
  const hasDemoUsers = env.DEMO_SIGN_IN === 'on';
  await seed(ownerUrl, { users: hasDemoUsers });
  console.log(`Presets: up to date; demo users: ${hasDemoUsers ? 'up to date' : 'none'}`);
  if (env.GCS_ENDPOINT !== undefined && env.GCS_BUCKET !== undefined) {
    await ensureBucket(env.GCS_ENDPOINT, env.GCS_BUCKET);
    console.log(`Emulator: bucket ${env.GCS_BUCKET}`);
  }
  const temporal = configuredTemporal(process.env);
  if (temporal === undefined) return;
  await ensureNamespace(temporal.connection, temporal.namespace);
  console.log(`Temporal: namespace ${temporal.namespace}`);
}

async function createKeys(env: PrepareEnv): Promise<void> {
  if (env.GCS_ENDPOINT !== undefined && env.GCS_PRIVATE_KEY_FILE !== undefined) {
    await readOrCreatePrivateKey(env.GCS_PRIVATE_KEY_FILE, 'rsa');
  }
  if (env.DEMO_SIGN_IN === 'on' && env.AUTH_PRIVATE_KEY_FILE !== undefined) {
    await readOrCreatePrivateKey(env.AUTH_PRIVATE_KEY_FILE, 'es256');
  }
  if (env.SECRETS_KEY_FILE !== undefined) await readOrCreateFile(env.SECRETS_KEY_FILE, async () => newSecretsKey());
}

await runCommand(prepare);
