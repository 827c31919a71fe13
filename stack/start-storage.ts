import { join } from 'node:path';
import { findGo, findOnPath } from './find-program.ts';
import { ensureBucket } from './gcs/bucket.ts';
import { startGcsEmulator } from './gcs/emulator.ts';
import { locateGcsEmulator } from './gcs/locate.ts';
import { goInstall } from './go-install.ts';
import { LOOPBACK } from './ports.ts';
import { readOrCreatePrivateKey } from './private-key.ts';
import type { StackContext } from './stack-context.ts';
import type { StackPart } from './stack-part.ts';
import type { StorageSettings } from './stack.ts';
import { progressOf } from './startup-status.ts';
import { FAKE_GCS_SERVER } from './tools.ts';

/** The chosen storage of images; its settings are final, although the emulator may still have to be built. */
export interface StoragePlan {
  readonly kind: 'google' | 'emulator-elsewhere' | 'embedded';
  readonly settings: StorageSettings;
}

/** Bucket name in emulators. */
const EMULATOR_BUCKET = 'avatar-studio';
const EMULATOR_CLIENT_EMAIL = 'embedded@avatar-studio.iam.gserviceaccount.com';

/** Chooses the storage, with the address of the emulator. Nothing is started. */
export async function planStorage(context: StackContext): Promise<StoragePlan> {
  const { STORAGE_EMULATOR_HOST: host, GCS_BUCKET: bucket, GOOGLE_APPLICATION_CREDENTIALS: key } = context.settings;
  if (host === undefined && bucket !== undefined) return { kind: 'google', settings: { bucket } };
  const privateKeyFile = join(context.dataDir, 'keys', 'gcs-signing.pem');
  const settings = {
    bucket: bucket ?? EMULATOR_BUCKET,
    clientEmail: EMULATOR_CLIENT_EMAIL,
    privateKey: await readOrCreatePrivateKey(privateKeyFile, 'rsa'),
    privateKeyFile,
  };
  if (host !== undefined) return { kind: 'emulator-elsewhere', settings: { ...settings, endpoint: withScheme(host) } };
  if (key !== undefined) {
    context.progress.say(
      'GOOGLE_APPLICATION_CREDENTIALS is set but GCS_BUCKET is not: using the embedded GCS emulator',
    );
  }
  const port = await context.ports.choose('the GCS emulator', context.settings.GCS_PORT);
  return { kind: 'embedded', settings: { ...settings, endpoint: `http://${LOOPBACK}:${port}` } };
}

/** Executes the plan: locates or builds the emulator, and starts it. @returns undefined when the storage runs elsewhere. */
export async function startStorage(context: StackContext, plan: StoragePlan): Promise<StackPart | undefined> {
  const { bucket, endpoint } = plan.settings;
  context.status.preparing('storage');
  const emulator =
    plan.kind === 'embedded' && endpoint !== undefined ? await startEmulator(context, endpoint, bucket) : undefined;
  if (plan.kind === 'emulator-elsewhere' && endpoint !== undefined) await ensureBucket(endpoint, bucket);
  context.status.ready('storage');
  return emulator;
}

async function startEmulator(context: StackContext, endpoint: string, bucket: string): Promise<StackPart> {
  const progress = progressOf(context.progress, context.status, 'storage');
  const install = { ...context, progress, findGo: () => findGo(context.env), signal: context.supervisor.stopping };
  const executable = await locateGcsEmulator(
    {
      cacheRoot: context.cacheRoot,
      onPath: (program) => findOnPath(context.env['PATH'], program),
      install: () => goInstall(install, FAKE_GCS_SERVER),
    },
    progress.say,
  );
  return startGcsEmulator(context, { dataDir: context.dataDir, executable, endpoint, bucket });
}

function withScheme(host: string): string {
  return (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '');
}
