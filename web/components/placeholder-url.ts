import { thumbHashToDataURL } from 'thumbhash';

/** Decoding renders a small PNG. Enough entries for browsing a gallery of several hundred avatars. */
const CACHE_MAX = 1_000;
const cache = new Map<string, string>();

/**
 * @param thumbhash base64, as in the API
 * @returns data URL of the blurred image; undefined if there is none or it is invalid
 */
export function placeholderUrl(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const cached = cache.get(thumbhash);
  if (cached) return cached;
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
