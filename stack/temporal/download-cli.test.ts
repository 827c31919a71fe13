import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProgress } from '../progress.ts';
import { DOWNLOADED_CLI_VERSION, downloadCli, type DownloadDeps } from './download-cli.ts';

describe("the SDK's download of the Temporal CLI", () => {
  let cacheRoot: string;
  let downloads: number;
  beforeEach(async () => {
    cacheRoot = await mkdtemp(join(tmpdir(), 'download-'));
    downloads = 0;
  });
  afterEach(() => rm(cacheRoot, { recursive: true, force: true }));

  const deps = (reachable: boolean): DownloadDeps => ({
    cacheRoot,
    progress: createProgress({ write: () => undefined }),
    reachable: async () => reachable,
    download: async (version, directory) => {
      downloads += 1;
      await writeFile(join(directory, `temporal-cli-${version}`), '', { mode: 0o755 });
    },
  });

  test('is not attempted when the download service is unreachable', async () => {
    await expect(downloadCli(deps(false))).rejects.toThrow("can't be reached from this network");
    expect(downloads).toBe(0);
  });

  test('is cached, so that the next start needs no network', async () => {
    const first = await downloadCli(deps(true));
    const second = await downloadCli(deps(false));
    expect(second).toEqual(first);
    expect(first.version).toBe(DOWNLOADED_CLI_VERSION);
    expect(first.executable).toBe(join(cacheRoot, 'temporal-cli-1.7.0', 'temporal-cli-v1.7.0'));
    expect(downloads).toBe(1);
  });
});
