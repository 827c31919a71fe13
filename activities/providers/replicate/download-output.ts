import { downloadFile, isOnHost } from '../http/download-file.ts';

/** Output files live here (and an hour). */
const OUTPUT_HOST = 'replicate.delivery';

export interface DownloadDeps {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Its own host may serve files too, and then wants the token. */
  readonly baseUrl: URL;
  readonly token: string;
}

/**
 * Fetches one output file of Replicate's.
 *
 * @throws OutputGone
 * @throws ProviderFailure `transient` when asking again may help, `corrupt_output` when not
 */
export function downloadOutput(deps: DownloadDeps, address: string, signal: AbortSignal): Promise<Buffer> {
  const { fetch, timeoutMs, baseUrl, token } = deps;
  const isOwn = (url: URL) => url.origin === baseUrl.origin;
  return downloadFile(
    {
      fetch,
      timeoutMs,
      isTrusted: (url) => isOwn(url) || isOnHost(url, OUTPUT_HOST),
      headersFor: (url): Record<string, string> => (isOwn(url) ? { authorization: `Bearer ${token}` } : {}),
    },
    address,
    signal,
  );
}
