import { BlockList, isIP } from 'node:net';
import { networkOf } from './network-of.ts';

const NETWORK_SUFFIX = '/64';

/** Addresses that many clients share: of this host, of a private network, or of a proxy that is not in TRUSTED_PROXIES. */
const LOCAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  LOCAL.addSubnet(network, prefix, 'ipv4');
}
LOCAL.addAddress('::', 'ipv6');
LOCAL.addSubnet('fc00::', 7, 'ipv6');
LOCAL.addSubnet('fe80::', 10, 'ipv6');

/** The network of a client on the internet. Undefined for any other address: it says nothing about who the client is. */
export function clientNetwork(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const network = networkOf(address).toLowerCase();
  // Of ::1, this is `::`.
  const first = network.replace(NETWORK_SUFFIX, '');
  const family = isIP(first);
  if (family === 0 || LOCAL.check(first, family === 4 ? 'ipv4' : 'ipv6')) return undefined;
  return network;
}
