import { downloadFile, isOnHost } from '../http/download-file.ts';

/** Output files are on this host, for an hour. */
const OUTPUT_HOST = 'replicate.delivery';

export interface DownloadDeps {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** The API's own host may serve files too, and requires the token. */
  readonly baseUrl: URL;
  readonly token: string;
}

/**
 * Downloads one output file from Replicate.
 *
 * @throws OutputGone
 * @throws ProviderFailure `transient` when a retry may help, `corrupt_output` when not
 */
export function downloadOutput(deps: DownloadDeps, outputUrl: string, signal: AbortSignal): Promise<Buffer> {
  const { fetch, timeoutMs, baseUrl, token } = deps;
  const isOwn = (url: URL) => url.origin === baseUrl.origin;
  return downloadFile(
    {
      fetch,
      timeoutMs,
      isTrusted: (url) => isOwn(url) || isOnHost(url, OUTPUT_HOST),
      headersFor: (url): Record<string, string> => (isOwn(url) ? { authorization: `Bearer ${token}` } : {}),
    },
    outputUrl,
    signal,
  );
}
