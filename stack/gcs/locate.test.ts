import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toolDirectory } from '../cache.ts';
import { GoMissingError } from '../go-install.ts';
import { FAKE_GCS_SERVER } from '../tools.ts';
import { GcsEmulatorNotFoundError, locateGcsEmulator, type GcsProbes } from './locate.ts';

describe('locateGcsEmulator', () => {
  let cacheRoot: string;
  beforeEach(async () => {
    cacheRoot = await mkdtemp(join(tmpdir(), 'locate-'));
  });
  afterEach(() => rm(cacheRoot, { recursive: true, force: true }));

  const inCache = (): string => join(toolDirectory(cacheRoot, FAKE_GCS_SERVER), 'fake-gcs-server');
  async function putIntoCache(): Promise<void> {
    await mkdir(toolDirectory(cacheRoot, FAKE_GCS_SERVER), { recursive: true });
    await writeFile(inCache(), '', { mode: 0o755 });
  }
  const refuse = (reason: string) => (): Promise<never> => Promise.reject(new Error(reason));
  const locate = (available: Partial<GcsProbes>): Promise<string> =>
    locateGcsEmulator(
      {
        cacheRoot,
        onPath: async () => undefined,
        installRelease: refuse('the release can not be reached'),
        installPackage: refuse('no python3 on PATH, so no pip'),
        build: () => Promise.reject(new GoMissingError('no Go on PATH')),
        ...available,
      },
      () => undefined,
    );
  const onPath = async () => '/usr/bin/fake-gcs-server';

  test('prefers PATH, then the cache, the release, the registry package and a build', async () => {
    const [release, wheel] = ['/cache/release', '/cache/wheel'];
    const installs = { installRelease: async () => release, installPackage: async () => wheel, build: putIntoCache };
    await putIntoCache();
    expect(await locate({ onPath, ...installs })).toBe('/usr/bin/fake-gcs-server');
    expect(await locate(installs)).toBe(inCache());
    await rm(inCache());
    expect(await locate(installs)).toBe(release);
    const { installRelease: _release, ...withoutRelease } = installs;
    expect(await locate(withoutRelease)).toBe(wheel);
    expect(await locate({ build: putIntoCache })).toBe(inCache());
  });

  test('explains without any of them what to install and which alternatives exist', async () => {
    const failure = await locate({}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GcsEmulatorNotFoundError);
    const { message } = failure as Error;
    for (const part of [
      'the release can not be reached',
      'no python3 on PATH, so no pip',
      'no Go on PATH',
      'install Go 1.26 or newer (https://go.dev/dl/)',
      'go install github.com/fsouza/fake-gcs-server@v1.56.1',
      'GCS_BUCKET and GOOGLE_APPLICATION_CREDENTIALS',
      'docker compose up',
    ]) {
      expect(message).toContain(part);
    }
  });
});
