/** Top-level names that never resolve to a public host. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;
const IP_V4 = /^[\d.]+$/;

/**
 * Checks a webhook URL without a network request. Each delivery additionally checks the addresses that the host name
 * resolves to.
 * @param allowPrivate for development: allows plain http and loopback addresses
 * @returns an error message, or undefined when the URL is valid
 */
export function webhookUrlFault(address: string, allowPrivate: boolean): string | undefined {
  const url = URL.parse(address);
  if (!url) return 'is not a URL';
  const { protocol, username, password, hostname } = url;
  if (username !== '' || password !== '') return 'must not contain a user name or a password';
  if (allowPrivate) return undefined;
  if (protocol !== 'https:') return 'must begin with https://';
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[') || IP_V4.test(host)) return 'must name a server, not an IP address';
  if (PRIVATE_NAME.test(host) || !host.includes('.')) return 'must have a public host name';
  return undefined;
}
