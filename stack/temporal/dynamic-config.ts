/**
 * Settings of the embedded Temporal server, for the official server (a file) and the CLI's (options) alike.
 * Keys as in `common/dynamicconfig/constants.go` of server 1.32.
 */
export const DYNAMIC_CONFIG: Readonly<Record<string, string | number | boolean>> = {
  // Within a priority level, tasks of fairness keys alternate: one user's hundred tasks do not starve another user's single task.
  'matching.enableFairness': true,
  'matching.useNewMatcher': true,
  // Priority is ordered per partition: one partition makes it strict, and is enough for a single server.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // Lets the API's update-with-start dispatch the first task to a waiting worker without going through matching.
  'system.enableActivityEagerExecution': true,
  // A new namespace or search attribute is known to all services after a second, not after ten.
  'system.namespaceCacheRefreshInterval': '1s',
};

/** The settings as the YAML file that the server reads. */
export function dynamicConfigYaml(): string {
  return Object.entries(DYNAMIC_CONFIG)
    .map(([key, value]) => `${key}: [{ value: ${JSON.stringify(value)} }]\n`)
    .join('');
}

/** The settings as options of `temporal server start-dev`. */
export function dynamicConfigOptions(): string[] {
  return Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
}
