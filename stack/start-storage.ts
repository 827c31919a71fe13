import { join } from 'node:path';
import { findGo, findOnPath } from './find-program.ts';
import { ensureBucket } from './gcs/bucket.ts';
import { startGcsEmulator, type GcsEmulator } from './gcs/emulator.ts';
import { locateGcsEmulator } from './gcs/locate.ts';

import { goInstall } from './go-install.ts';
import { readOrCreatePrivateKey } from './private-key.ts';
import type { StackContext } from './stack-context.ts';
import type { StorageSettings } from './stack.ts';
import { FAKE_GCS_SERVER } from './tools.ts';

/** The planned storage of images. */
export type StoragePlan =
  | { readonly kind: 'google'; readonly bucket: string }
  | { readonly kind: 'emulator-elsewhere'; readonly endpoint: string }
  | { readonly kind: 'embedded'; readonly executable: string };

/** Bucket name in emulators. */
const EMULATOR_BUCKET = 'avatar-studio';
const EMULATOR_CLIENT_EMAIL = 'embedded@avatar-studio.iam.gserviceaccount.com';

/** Plans the storage and locates or builds its program. Nothing is started. */
export async function planStorage(context: StackContext): Promise<StoragePlan> {
  const { STORAGE_EMULATOR_HOST: host, GCS_BUCKET: bucket, GOOGLE_APPLICATION_CREDENTIALS: key } = context.settings;
  if (host !== undefined) return { kind: 'emulator-elsewhere', endpoint: withScheme(host) };
  if (bucket !== undefined) return { kind: 'google', bucket };
  if (key !== undefined) {
    context.progress.say(
      'GOOGLE_APPLICATION_CREDENTIALS is set but GCS_BUCKET is not: using the embedded GCS emulator',
    );
  }
  const executable = await locateGcsEmulator(
    {
      cacheRoot: context.cacheRoot,
      onPath: (program) => findOnPath(context.env['PATH'], program),
      install: () =>
        goInstall(
          { ...context, findGo: () => findGo(context.env), signal: context.supervisor.stopping },
          FAKE_GCS_SERVER,
        ),
    },
    context.progress.say,
  );
  return { kind: 'embedded', executable };
}

/** Executes the plan. */
export async function startStorage(
  context: StackContext,
  plan: StoragePlan,
): Promise<{ readonly settings: StorageSettings; readonly emulator?: GcsEmulator }> {
  if (plan.kind === 'google') return { settings: { bucket: plan.bucket } };
  const bucket = context.settings.GCS_BUCKET ?? EMULATOR_BUCKET;
  const privateKeyFile = join(context.dataDir, 'keys', 'gcs-signing.pem');
  const privateKey = await readOrCreatePrivateKey(privateKeyFile, 'rsa');
  const signing = { bucket, clientEmail: EMULATOR_CLIENT_EMAIL, privateKey, privateKeyFile };
  if (plan.kind === 'emulator-elsewhere') {
    await ensureBucket(plan.endpoint, bucket);
    return { settings: { ...signing, endpoint: plan.endpoint } };
  }
  const port = await context.ports.choose('the GCS emulator', context.settings.GCS_PORT);
  const emulator = await startGcsEmulator(context, {
    dataDir: context.dataDir,
    executable: plan.executable,
    port,
    bucket,
  });
  return { settings: { ...signing, endpoint: emulator.endpoint }, emulator };
}

function withScheme(host: string): string {
  return (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '');
}
