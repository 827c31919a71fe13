import { ProviderFailure } from '../port.ts';
import { BodyTooLarge, readBounded } from './bounded-body.ts';

/** A 1 MP PNG has 2 MB; beyond this it is no image we asked for. */
export const IMAGE_MAX_BYTES = 20 * 1024 * 1024;
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** The file is not there. Right after completion it may still be on its way; later it was deleted. */
export class OutputGone extends Error {
  override readonly name = 'OutputGone';
}

export interface DownloadDeps {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Nothing else is fetched, whatever a reply claims. */
  readonly isTrusted: (url: URL) => boolean;
  /** What this address is told of us: the key, where it is the service's own. */
  readonly headersFor: (url: URL) => Record<string, string>;
}

/**
 * Fetches one output file, bounded in size and time, from trusted hosts only, following no redirect.
 *
 * @throws OutputGone
 * @throws ProviderFailure `transient` when asking again may help, `corrupt_output` when not
 */
export async function downloadFile(deps: DownloadDeps, address: string, signal: AbortSignal): Promise<Buffer> {
  const url = URL.parse(address);
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
    if (signal.aborted) throw new ProviderFailure('cancelled', 'The download was abandoned', { cause });
    throw new ProviderFailure('transient', 'The output file could not be fetched', { cause });
  }
}

/** The host itself or one below it, by TLS. */
export function isOnHost(url: URL, host: string): boolean {
  return url.protocol === 'https:' && (url.hostname === host || url.hostname.endsWith(`.${host}`));
}
