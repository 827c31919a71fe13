import { join } from 'node:path';
import { isCached, toolDirectory } from '../cache.ts';
import { FAKE_GCS_SERVER } from '../tools.ts';

/** Checks of the machine; replaced in tests. */
export interface GcsProbes {
  readonly cacheRoot: string;
  onPath(program: string): Promise<string | undefined>;
  /** Builds the pinned emulator into the cache. @throws when there is no Go or the build fails. */
  install(): Promise<void>;
}

/** No emulator was found or could be built; the message says what to do. */
export class GcsEmulatorNotFoundError extends Error {
  override readonly name = 'GcsEmulatorNotFoundError';
}

/**
 * Finds fake-gcs-server: on PATH, in the cache, or built with Go.
 *
 * @returns the program's full path.
 * @throws GcsEmulatorNotFoundError when none of the three works.
 */
export async function locateGcsEmulator(probes: GcsProbes, log: (text: string) => void): Promise<string> {
  const installed = await probes.onPath('fake-gcs-server');
  if (installed !== undefined) {
    log(`GCS emulator: ${installed}`);
    return installed;
  }
  const cached = join(toolDirectory(probes.cacheRoot, FAKE_GCS_SERVER), 'fake-gcs-server');
  if (await isCached(probes.cacheRoot, FAKE_GCS_SERVER)) {
    log(`GCS emulator: fake-gcs-server ${FAKE_GCS_SERVER.version} in the cache`);
    return cached;
  }
  try {
    await probes.install();
  } catch (cause) {
    throw new GcsEmulatorNotFoundError(explanation(cause), { cause });
  }
  log(`GCS emulator: fake-gcs-server ${FAKE_GCS_SERVER.version} built with Go`);
  return cached;
}

function explanation(cause: unknown): string {
  const { version, modules } = FAKE_GCS_SERVER;
  return [
    'The Google Cloud Storage emulator (fake-gcs-server) is not installed and could not be built:',
    `  ${cause instanceof Error ? cause.message : String(cause)}`,
    'Do one of the following:',
    '  - install Go 1.26 or newer (https://go.dev/dl/) and start again: the emulator is built once, in under a minute',
    `  - put a fake-gcs-server ${version} on PATH (go install ${modules[0]}@v${version} on another machine of this kind)`,
    '  - use real storage: set GCS_BUCKET and GOOGLE_APPLICATION_CREDENTIALS',
    '  - run everything in containers: docker compose up',
  ].join('\n');
}
