/** Variables that every program needs; none of them changes the behavior of a database or server. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR'] as const;

/**
 * The environment of an embedded server: the variables that every program needs, and its own. A stray PGPORT,
 * TEMPORAL_CONFIG_DIR or GOGC of the user's shell must not reconfigure it.
 */
export function serverEnvironment(env: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(inherited), ...own };
}
