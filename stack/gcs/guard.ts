import { createPublicKey, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isAllowedHost } from '#process/allowed-hosts.ts';
import type { Ruling } from '../loopback-proxy.ts';
import { LOOPBACK } from '../ports.ts';
import { isSignedRead } from './signed-read.ts';

export interface StorageGuard {
  /** First segment of the path of our own processes, which may do everything. Undefined where they reach the emulator itself. */
  readonly secret?: string;
  /** That signs URLs, PEM. */
  readonly privateKey: string;
  /** Host names of the page besides loopback's. */
  readonly hosts: readonly string[];
  readonly now?: () => Date;
}

/**
 * Decides what reaches the storage emulator, which knows neither callers nor signatures and allows every origin: our processes by the
 * secret in their address, browsers with a signed address that is valid now. Only pages of the studio may read the bytes by script.
 */
export function createStorageGuard(options: StorageGuard): (request: IncomingMessage) => Ruling {
  const { secret, privateKey, hosts, now = () => new Date() } = options;
  const key = createPublicKey(privateKey);
  const own = secret === undefined ? undefined : Buffer.from(`/${secret}/`);
  return ({ method, url = '/', headers: { host = '', origin } }) => {
    const headers = { host: LOOPBACK };
    if (own && startsWith(url, own)) return { path: url.slice(own.length - 1), headers };
    if (!isAllowedHost(host, hosts)) return { refuse: 421, reason: 'Images have the address of this machine only.' };
    if (origin !== undefined && !isPage(origin, hosts)) return refused('Only pages of the studio read images.');
    if (method !== 'GET' && method !== 'HEAD') return refused('Images are read only.');
    if (!isSignedRead({ url, host }, key, now())) return refused('The address is not signed, or has expired.');
    const cors = { vary: 'Origin', ...(origin !== undefined && { 'access-control-allow-origin': origin }) };
    return { path: url, headers, cors };
  };
}

function startsWith(url: string, own: Buffer): boolean {
  const start = Buffer.from(url.slice(0, own.length));
  return start.length === own.length && timingSafeEqual(start, own);
}

const refused = (reason: string): Ruling => ({ refuse: 403, reason });

function isPage(origin: string, hosts: readonly string[]): boolean {
  return URL.canParse(origin) && isAllowedHost(new URL(origin).host, hosts);
}
