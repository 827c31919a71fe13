import type { IncomingMessage } from 'node:http';
import { isAllowedHost } from '#process/allowed-hosts.ts';
import type { Ruling } from '../loopback-proxy.ts';

/** What a browser sends when a person follows a link or enters the address. */
const isVisit = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

/**
 * Decides what reaches the Temporal UI, whose server checks no `Host` and may do everything an operator may: requests of its own pages
 * and of programs, and visits. A website's requests carry the website's name (also after DNS rebinding) or say that they are cross-site.
 */
export function ruleTemporalUi(request: IncomingMessage): Ruling {
  const { url = '/', headers } = request;
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  if (!isAllowedHost(host, [])) return { refuse: 421, reason: 'The Temporal UI has the address of this machine only.' };
  if (origin !== undefined && origin !== `http://${host}`) return refused;
  if (site !== 'same-origin' && site !== 'none' && !isVisit(request)) return refused;
  return { path: url };
}

const refused: Ruling = { refuse: 403, reason: 'Other websites can not use the Temporal UI.' };
