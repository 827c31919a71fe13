const IPV6_GROUPS = 8;
/** A household or a rented server has at least 2^64 addresses: they count as one. */
const NETWORK_GROUPS = 4;

/** Some load balancers append the client's port, which differs for each connection. */
const WITH_PORT = /^(?:\[(?<v6>.+)\](?::\d+)?|(?<v4>[\d.]+):\d+)$/;

/** The network that an address is counted by: an IPv4 address by itself, an IPv6 address by its /64 network. */
export function networkOf(given: string): string {
  const { v4, v6 } = WITH_PORT.exec(given)?.groups ?? {};
  const address = v4 ?? v6 ?? given;
  const mapped = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address
    .split('%')[0]!
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : IPV6_GROUPS - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...(tail ?? [])];
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
