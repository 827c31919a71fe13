/**
 * Candidates for a Temporal server, in the order they are tried. Each `find` checks this machine without starting a
 * server; the first candidate that is found is used.
 */
export type TemporalSource =
  | { readonly kind: 'external'; readonly address: string; readonly namespace: string }
  | { readonly kind: 'official'; readonly server: string; readonly sqlTool: string }
  | { readonly kind: 'cli'; readonly executable: string; readonly version: string };

export interface TemporalCandidate {
  /** For the log and for the error when nothing was found, such as "a temporal CLI >= 1.7 on PATH". */
  readonly what: string;
  /** The server, or why this candidate is not available. */
  find(): Promise<TemporalSource | { readonly kind: 'none'; readonly reason: string }>;
}

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
  candidates: readonly TemporalCandidate[],
  log: (text: string) => void,
): Promise<TemporalSource> {
  const refusals: string[] = [];
  for (const candidate of candidates) {
    const found = await candidate.find().catch((error: unknown) => ({
      kind: 'none' as const,
      reason: error instanceof Error ? error.message : String(error),
    }));
    if (found.kind !== 'none') {
      log(`Temporal: ${candidate.what}`);
      return found;
    }
    refusals.push(`  - ${candidate.what}: ${found.reason}`);
  }
  throw new TemporalNotFoundError(
    [
      'No Temporal server was found or could be installed. Tried:',
      ...refusals,
      'Do one of the following:',
      '  - install Go 1.26 or newer (https://go.dev/dl/) and start again: the pinned server is built once, in about 5 minutes',
      '  - install the Temporal CLI 1.7 or newer and put it on PATH',
      '  - set TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE) to a server of your own',
      '  - run everything in containers: docker compose up',
    ].join('\n'),
  );
}
