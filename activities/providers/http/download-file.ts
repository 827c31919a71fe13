import { ProviderFailure } from '../port.ts';
import { BodyTooLarge, readBounded } from './bounded-body.ts';

/** A 1 MP PNG has 2 MB; a larger file is not the image we requested. */
export const IMAGE_MAX_BYTES = 20 * 1024 * 1024;
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** The file does not exist: right after completion it may not be available yet, later it was deleted. */
export class OutputGone extends Error {
  override readonly name = 'OutputGone';
}

export interface DownloadDeps {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** URLs on other hosts are never fetched. */
  readonly isTrusted: (url: URL) => boolean;
  /** Contains the key for the service's own host only. */
  readonly headersFor: (url: URL) => Record<string, string>;
}

/**
 * Downloads one output file, with limits on size and time, from trusted hosts only and without following redirects.
 *
 * @throws OutputGone
 * @throws ProviderFailure `transient` when a retry may help, `corrupt_output` when not
 */
export async function downloadFile(deps: DownloadDeps, outputUrl: string, signal: AbortSignal): Promise<Buffer> {
  const url = URL.parse(outputUrl);
  if (url === null || !deps.isTrusted(url)) {
    throw new ProviderFailure('corrupt_output', 'The output is not on a host of the service');
  }
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(deps.timeoutMs)]);
    const reply = await deps.fetch(url, { headers: deps.headersFor(url), redirect: 'error', signal: bounded });
    if (!reply.ok) {
      await reply.body?.cancel();
      if (GONE.has(reply.status)) throw new OutputGone(`Output file: ${reply.status}`);
      throw new ProviderFailure('transient', `The output file was answered with ${reply.status}`);
    }
    const bytes = await readBounded(reply, IMAGE_MAX_BYTES);
    if (bytes.length === 0) throw new ProviderFailure('transient', 'The output file was empty');
    return bytes;
  } catch (cause) {
    if (cause instanceof ProviderFailure || cause instanceof OutputGone) throw cause;
    if (cause instanceof BodyTooLarge) throw new ProviderFailure('corrupt_output', cause.message, { cause });
    if (signal.aborted) throw new ProviderFailure('cancelled', 'The download was aborted', { cause });
    throw new ProviderFailure('transient', 'The output file could not be downloaded', { cause });
  }
}

/** Whether the URL is https on the host or one of its subdomains. */
export function isOnHost(url: URL, host: string): boolean {
  return url.protocol === 'https:' && (url.hostname === host || url.hostname.endsWith(`.${host}`));
}
