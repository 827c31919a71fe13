const DEVELOPMENT: ReadonlySet<string | undefined> = new Set([undefined, 'development', 'test']);
const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i;

/** Whether a host name or address, in brackets or not, is this machine's own. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host.replace(/^\[(.*)\]$/, '$1'));
}

export interface Reach {
  readonly NODE_ENV?: string | undefined;
  /** Host that the process listens on. */
  readonly host: string;
  /** Host address that a container's ports are published on; takes precedence when set. */
  readonly PUBLISHED_ON?: string | undefined;
}

/**
 * The reason why demo users can't sign in here. They include an admin and have no passwords, so they are for loopback only.
 * @returns undefined if they can sign in
 */
export function demoSignInFault({ NODE_ENV, host, PUBLISHED_ON }: Reach): string | undefined {
  if (!DEVELOPMENT.has(NODE_ENV)) return `lets anyone sign in as an admin: not allowed with NODE_ENV=${NODE_ENV}`;
  const reached = PUBLISHED_ON ?? host;
  if (LOOPBACK.test(reached)) return undefined;
  return `lets anyone sign in as an admin: not allowed on ${reached}, only on a loopback address (in a container: PUBLISHED_ON)`;
}
