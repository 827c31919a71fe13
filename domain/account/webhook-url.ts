/** Names that never lead out of a machine or a network. */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;
const IP_V4 = /^[\d.]+$/;

/**
 * What is wrong with an address that a person wants to be told at, as far as it can be seen without asking anybody. The delivery
 * looks again, at what the name resolves to.
 * @param allowPrivate development: plain http and addresses of this machine are fine
 * @returns words, or undefined when it may be kept
 */
export function webhookUrlFault(address: string, allowPrivate: boolean): string | undefined {
  const url = URL.parse(address);
  if (!url) return 'is not an address';
  const { protocol, username, password, hostname } = url;
  if (username !== '' || password !== '') return 'must not carry a name or a password';
  if (allowPrivate) return undefined;
  if (protocol !== 'https:') return 'must begin with https://';
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[') || IP_V4.test(host)) return 'must name a server, not an IP address';
  if (INSIDE.test(host) || !host.includes('.')) return 'must be a name of the public internet';
  return undefined;
}
