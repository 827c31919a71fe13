import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toolDirectory } from '../cache.ts';
import { GoMissingError } from '../go-install.ts';
import { FAKE_GCS_SERVER } from '../tools.ts';
import { GcsEmulatorNotFoundError, locateGcsEmulator } from './locate.ts';

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
  const refuse = (): Promise<void> => Promise.reject(new GoMissingError('no Go on PATH'));
  const locate = (onPath: string | undefined, install: () => Promise<void>): Promise<string> =>
    locateGcsEmulator({ cacheRoot, onPath: async () => onPath, install }, () => undefined);

  test('prefers an emulator on PATH', async () => {
    await putIntoCache();
    expect(await locate('/usr/bin/fake-gcs-server', refuse)).toBe('/usr/bin/fake-gcs-server');
  });

  test('uses the cached emulator when none is on PATH', async () => {
    await putIntoCache();
    expect(await locate(undefined, refuse)).toBe(inCache());
  });

  test('builds the emulator into the cache when there is none', async () => {
    expect(await locate(undefined, putIntoCache)).toBe(inCache());
  });

  test('explains without Go what to install and which alternatives exist', async () => {
    const failure = await locate(undefined, refuse).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GcsEmulatorNotFoundError);
    const { message } = failure as Error;
    for (const part of [
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
