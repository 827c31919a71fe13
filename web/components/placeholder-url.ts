import { thumbHashToDataURL } from 'thumbhash';

/** Decoding draws a small PNG: worth keeping for as long as a gallery of some hundreds is browsed. */
const CACHE_MAX = 1_000;
const cache = new Map<string, string>();

/**
 * @param thumbhash base64, as the API gives it
 * @returns a data address of the blurred image; undefined when there is none or it is damaged
 */
export function placeholderUrl(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = cache.get(thumbhash);
  if (known) return known;
  const url = decode(thumbhash);
  if (!url) return undefined;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(thumbhash, url);
  return url;
}

function decode(thumbhash: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (char) => char.codePointAt(0) ?? 0));
  } catch {
    return undefined;
  }
}
