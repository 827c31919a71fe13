import { lookup } from 'node:dns/promises';
import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** A receiver should acknowledge at once and process later. */
const TIMEOUT_MS = 10_000;
/** Only the head of a reply is read. */
const MAX_HEAD_BYTES = 8 * 1024;

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface GuardedSenderOptions {
  /** For development and tests: allows plain http and private addresses. */
  readonly allowPrivate: boolean;
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  readonly timeoutMs?: number;
}

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type PostOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds: number | null }
  /** Not sent: the URL is not https, or its address is not public. */
  | { readonly kind: 'forbidden' }
  /** No connection, or no reply within the timeout. */
  | { readonly kind: 'unreachable' };

/** Posts to a URL that a user chose. Never throws. */
export type SendGuarded = (post: Post, signal?: AbortSignal) => Promise<PostOutcome>;

/**
 * Sends to the public internet only, against server-side request forgery. The name is resolved once, all of its addresses must be
 * public, and the connection uses the checked address, so DNS rebinding has no effect. Redirects are not followed.
 */
export function createSendGuarded(options: GuardedSenderOptions): SendGuarded {
  const { allowPrivate, resolve = resolveAll, timeoutMs = TIMEOUT_MS } = options;
  return async (post, signal) => {
    const url = URL.parse(post.url);
    if (!url || !isAllowedUrl(url, allowPrivate)) return { kind: 'forbidden' };
    const bounded = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    try {
      const addresses = await Promise.race([addressesOf(url, resolve), aborted(bounded)]);
      const [first] = addresses;
      if (!first) return { kind: 'unreachable' };
      if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address))) return { kind: 'forbidden' };
      return await send(url, post, first, bounded);
    } catch {
      return { kind: 'unreachable' };
    }
  };
}

function isAllowedUrl({ protocol, username, password }: URL, allowPrivate: boolean): boolean {
  const secure = protocol === 'https:' || (allowPrivate && protocol === 'http:');
  return secure && username === '' && password === '';
}

/** The URL parser has already normalized IPv4 addresses, whatever form they were given in. */
async function addressesOf(
  url: URL,
  resolve: (host: string) => Promise<readonly Address[]>,
): Promise<readonly Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return family === 0 ? resolve(host) : [{ address: host, family: family as 4 | 6 }];
}

async function resolveAll(host: string): Promise<readonly Address[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family as 4 | 6 }));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function send(url: URL, { headers, body }: Post, checked: Address, signal: AbortSignal): Promise<PostOutcome> {
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    agent: false,
    maxHeaderSize: MAX_HEAD_BYTES,
    signal,
    // Resolves the name to the checked address only.
    lookup: (_host, { all }, done) => {
      if (all) done(null, [checked]);
      else done(null, checked.address, checked.family);
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const seconds = Number(response.headers['retry-after']);
      const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
      resolve({ kind: 'answered', status: response.statusCode ?? 0, retryAfterSeconds });
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}
