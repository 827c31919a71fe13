import { join } from 'node:path';
import { isCached, toolDirectory } from '../cache.ts';
import { TEMPORAL_CLI_MIN_VERSION, TEMPORAL_SERVER } from '../tools.ts';
import type { TemporalCandidate, TemporalSource } from './locate.ts';

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
  /** The SDK's cached CLI, downloaded if the network allows. @throws when it does not. */
  downloadCli(): Promise<{ readonly executable: string; readonly version: string }>;
  /** Builds the pinned official server into the cache. @throws when there is no Go or the build fails. */
  installOfficial(): Promise<void>;
}

const none = (reason: string): { readonly kind: 'none'; readonly reason: string } => ({ kind: 'none', reason });

/** The candidates in order: configured, cached official server, CLI on PATH, downloaded CLI, official server built with Go. */
export function temporalCandidates(probes: TemporalProbes): TemporalCandidate[] {
  return [configured(probes), cachedOfficial(probes), cliOnPath(probes), downloadedCli(probes), builtOfficial(probes)];
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

function downloadedCli(probes: TemporalProbes): TemporalCandidate {
  return {
    what: "the SDK's download of the temporal CLI",
    async find() {
      return { kind: 'cli', ...(await probes.downloadCli()) };
    },
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
