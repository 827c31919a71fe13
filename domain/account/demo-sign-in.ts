const DEVELOPMENT: ReadonlySet<string | undefined> = new Set([undefined, 'development', 'test']);
const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i;

export interface Reach {
  readonly NODE_ENV?: string | undefined;
  /** Where the process listens. */
  readonly host: string;
  /** At which address of the machine a container's ports are published; it decides where it is set. */
  readonly PUBLISHED_ON?: string | undefined;
}

/**
 * Why demo users may not sign in here: there is an admin among them and no password, so only their own machine may reach them.
 * @returns undefined where they may
 */
export function demoSignInFault({ NODE_ENV, host, PUBLISHED_ON }: Reach): string | undefined {
  if (!DEVELOPMENT.has(NODE_ENV)) return `lets anybody be an admin: not with NODE_ENV=${NODE_ENV}`;
  const reached = PUBLISHED_ON ?? host;
  if (LOOPBACK.test(reached)) return undefined;
  return `lets anybody be an admin: not on ${reached}, only on a loopback address (of a container: PUBLISHED_ON)`;
}
