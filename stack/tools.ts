import type { CachedTool } from './cache.ts';

/** A tool that Go can build, with the module path of each of its programs in the order of `binaries`. */
export interface GoTool extends CachedTool {
  readonly modules: readonly string[];
  /** Packages that a build from an empty build cache compiles, by program; for the progress. */
  readonly packages: Readonly<Record<string, number>>;
}

/** Server v1.32.2 needs a newer Go than is widely packaged; 1.32.1 has priority, fairness and activity options. */
export const TEMPORAL_SERVER: GoTool = {
  name: 'temporal-server',
  version: '1.32.1',
  binaries: ['temporal-server', 'temporal-sql-tool'],
  modules: ['go.temporal.io/server/cmd/server', 'go.temporal.io/server/cmd/tools/sql'],
  packages: { 'temporal-server': 1446 },
};

export const TEMPORAL_UI: GoTool = {
  name: 'temporal-ui',
  version: '2.54.1',
  binaries: ['temporal-ui'],
  modules: ['github.com/temporalio/ui-server/v2/cmd/server'],
  packages: {},
};

export const FAKE_GCS_SERVER: GoTool = {
  name: 'fake-gcs-server',
  version: '1.56.1',
  binaries: ['fake-gcs-server'],
  modules: ['github.com/fsouza/fake-gcs-server'],
  packages: {},
};

/** The Temporal CLI whose development server has priority and fairness; older ones are ignored. */
export const TEMPORAL_CLI_MIN_VERSION = '1.7.0';
