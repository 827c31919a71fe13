import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureBucket } from './gcs/bucket.ts';
import { startGcsEmulator } from './gcs/emulator.ts';
import { createStorageGuard } from './gcs/guard.ts';
import { locateGcsEmulator } from './gcs/locate.ts';
import { goInstall } from './go-install.ts';
import { installDeps } from './install-deps.ts';
import { installPackage, installRelease } from './install-prebuilt.ts';
import { createLoopbackProxy, type GuardedServer } from './loopback-proxy.ts';
import { hiddenLoopback, LOOPBACK } from './ports.ts';
import { FAKE_GCS_SERVER_PACKAGE, FAKE_GCS_SERVER_RELEASE } from './prebuilt.ts';
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
  /** Where the embedded emulator itself listens; its endpoint is a guard's. */
  readonly emulator?: GuardedServer;
}

/** Bucket name in emulators. */
const EMULATOR_BUCKET = 'avatar-studio';
const SECRET_BYTES = 16;
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
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  return {
    kind: 'embedded',
    settings: { ...settings, endpoint: `http://${LOOPBACK}:${port}/${secret}` },
    emulator: { host: hiddenLoopback(), port: await context.ports.choose('the GCS emulator behind its guard', 0) },
  };
}

/** Locates, downloads or builds the emulator. @returns undefined when the storage runs elsewhere. */
export async function findEmulator(context: StackContext, plan: StoragePlan): Promise<string | undefined> {
  if (plan.kind !== 'embedded') return undefined;
  context.status.preparing('storage');
  const progress = progressOf(context.progress, context.status, 'storage');
  const deps = installDeps({ ...context, progress });
  return locateGcsEmulator(
    {
      ...deps,
      installRelease: () => installRelease(deps, FAKE_GCS_SERVER_RELEASE),
      installPackage: () => installPackage(deps, FAKE_GCS_SERVER_PACKAGE),
      build: () => goInstall(deps, FAKE_GCS_SERVER),
    },
    progress.say,
  );
}

/** Executes the plan. @returns undefined when the storage runs elsewhere. */
export async function startStorage(
  context: StackContext,
  plan: StoragePlan,
  executable: string | undefined,
): Promise<StackPart | undefined> {
  const { bucket, endpoint } = plan.settings;
  const part = executable === undefined ? undefined : await startGuardedEmulator(context, plan, executable);
  if (endpoint !== undefined) await ensureBucket(endpoint, bucket);
  context.status.ready('storage');
  return part;
}

async function startGuardedEmulator(
  context: StackContext,
  { settings: { endpoint, privateKey }, emulator: server }: StoragePlan,
  executable: string,
): Promise<StackPart | undefined> {
  if (endpoint === undefined || privateKey === undefined || server === undefined) return undefined;
  const { port, origin, pathname } = new URL(endpoint);
  const rule = createStorageGuard({ secret: pathname.slice(1), privateKey, hosts: context.settings.ALLOWED_HOSTS });
  const guard = createLoopbackProxy(Number(port), server, rule);
  const emulator = await startGcsEmulator(context, {
    dataDir: context.dataDir,
    executable,
    server,
    publicUrl: origin,
  });
  await guard.open();
  return {
    ...emulator,
    async stop() {
      await Promise.all([guard.close(), emulator.stop()]);
    },
    async restart() {
      await emulator.restart();
      await guard.open();
    },
  };
}

function withScheme(host: string): string {
  return (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '');
}
