import { firstAvailable, type Candidate } from '../first-available.ts';

export type TemporalSource =
  | { readonly kind: 'external'; readonly address: string; readonly namespace: string }
  | { readonly kind: 'official'; readonly server: string; readonly sqlTool: string }
  | { readonly kind: 'cli'; readonly executable: string; readonly version: string };

/** No candidate is available; the message lists what was tried and what to do. */
export class TemporalNotFoundError extends Error {
  override readonly name = 'TemporalNotFoundError';
}

/**
 * Tries the candidates in order.
 *
 * @throws TemporalNotFoundError when none is available; a candidate that throws counts as not available.
 */
export async function locateTemporal(
  candidates: readonly Candidate<TemporalSource>[],
  log: (text: string) => void,
): Promise<TemporalSource> {
  const result = await firstAvailable(candidates, (what) => log(`Temporal: ${what}`));
  if ('found' in result) return result.found;
  throw new TemporalNotFoundError(
    [
      'No Temporal server was found or could be installed. Tried:',
      ...result.refusals,
      'Do one of the following:',
      '  - install Go 1.26 or newer (https://go.dev/dl/) and start again: the pinned server is built once, in about 5 minutes',
      '  - install the Temporal CLI 1.7 or newer and put it on PATH',
      '  - set TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE) to a server of your own',
      '  - run everything in containers: docker compose up',
    ].join('\n'),
  );
}
