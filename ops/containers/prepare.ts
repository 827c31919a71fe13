import { migrate } from '#drizzle/migrate/migrate.ts';
import { seed } from '#drizzle/seed.ts';
import { withPassword } from '#process/database-url.ts';
import { newSecretsKey } from '#process/secret-box.ts';
import { runCommand } from '#process/run-command.ts';
import { ensureBucket } from '#stack/gcs/bucket.ts';
import { readOrCreateFile, readOrCreatePrivateKey } from '#stack/private-key.ts';
import { ensureNamespace } from '#stack/temporal/namespace.ts';
import { readPrepareEnv } from './env.ts';

/**
 * Creates what API and workers need before they start in containers: keys, tables, demo users and presets, bucket, namespace. Safe to
 * repeat.
 */
async function prepare(): Promise<void> {
  const env = readPrepareEnv(process.env);
  await readOrCreatePrivateKey(env.GCS_PRIVATE_KEY_FILE, 'rsa');
  await readOrCreatePrivateKey(env.AUTH_PRIVATE_KEY_FILE, 'es256');
  await readOrCreateFile(env.SECRETS_KEY_FILE, async () => newSecretsKey());
  const ownerUrl = withPassword(env.DATABASE_OWNER_URL, env.DATABASE_OWNER_PASSWORD_FILE);
  const applied = await migrate(ownerUrl);
  console.log(`Database: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}`);
  await seed(ownerUrl);
  await ensureBucket(env.GCS_ENDPOINT, env.GCS_BUCKET);
  await ensureNamespace({ address: env.TEMPORAL_ADDRESS }, env.TEMPORAL_NAMESPACE);
  console.log(`Ready: bucket ${env.GCS_BUCKET}, namespace ${env.TEMPORAL_NAMESPACE}`);
}

await runCommand(prepare);
