import { ProviderFailure } from '../port.ts';

/** A 1 MP PNG has 2 MB; beyond this it is no picture we asked for. */
const OUTPUT_MAX_BYTES = 20 * 1024 * 1024;
/** Output files live here (and an hour); nothing else is fetched, whatever a reply claims. */
const OUTPUT_HOST = 'replicate.delivery';
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** The file is not there. Right after completion it may still be on its way; later it was deleted. */
export class OutputGone extends Error {
  override readonly name = 'OutputGone';
}

export interface DownloadDeps {
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** Its own host may serve files too, and then wants the token. */
  readonly baseUrl: URL;
  readonly token: string;
}

/**
 * Fetches one output file, bounded in size and time, from the service's own hosts only, following no redirect.
 *
 * @throws OutputGone
 * @throws ProviderFailure `transient` when asking again may help, `corrupt_output` when not
 */
export async function downloadOutput(deps: DownloadDeps, address: string, signal: AbortSignal): Promise<Buffer> {
  const url = allowedUrl(address, deps.baseUrl);
  const headers: Record<string, string> =
    url.origin === deps.baseUrl.origin ? { authorization: `Bearer ${deps.token}` } : {};
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(deps.timeoutMs)]);
    const reply = await deps.fetch(url, { headers, redirect: 'error', signal: bounded });
    if (!reply.ok) {
      await reply.body?.cancel();
      if (GONE.has(reply.status)) throw new OutputGone(`Output file: ${reply.status}`);
      throw new ProviderFailure('transient', `The output file was answered with ${reply.status}`);
    }
    return await readBounded(reply);
  } catch (cause) {
    if (cause instanceof ProviderFailure || cause instanceof OutputGone) throw cause;
    if (signal.aborted) throw new ProviderFailure('cancelled', 'The download was abandoned', { cause });
    throw new ProviderFailure('transient', 'The output file could not be fetched', { cause });
  }
}

function allowedUrl(address: string, baseUrl: URL): URL {
  const url = URL.parse(address);
  const trusted =
    url !== null &&
    (url.origin === baseUrl.origin ||
      (url.protocol === 'https:' && (url.hostname === OUTPUT_HOST || url.hostname.endsWith(`.${OUTPUT_HOST}`))));
  if (!trusted) throw new ProviderFailure('corrupt_output', 'The output is not on a host of Replicate');
  return url;
}

async function readBounded(reply: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of reply.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > OUTPUT_MAX_BYTES) {
      throw new ProviderFailure('corrupt_output', `The output is larger than ${OUTPUT_MAX_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  if (sizeBytes === 0) throw new ProviderFailure('transient', 'The output file was empty');
  return Buffer.concat(chunks);
}
