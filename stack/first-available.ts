/** One way to get a program or server; each checks this machine without starting anything. */
export interface Candidate<T> {
  /** For the log and for the error when nothing was found, such as "a temporal CLI >= 1.7 on PATH". */
  readonly what: string;
  /** The program, or why this candidate is not available. */
  find(): Promise<T | Unavailable>;
}

interface Unavailable {
  readonly kind: 'none';
  readonly reason: string;
}

export const none = (reason: string): Unavailable => ({ kind: 'none', reason });

/**
 * Tries the candidates in order; one that throws counts as not available.
 *
 * @returns the first that is available, or one line for each that is not.
 */
export async function firstAvailable<T extends { readonly kind: string }>(
  candidates: readonly Candidate<T>[],
  log: (what: string) => void,
): Promise<{ readonly found: Exclude<T, Unavailable> } | { readonly refusals: readonly string[] }> {
  const refusals: string[] = [];
  for (const candidate of candidates) {
    const found = await candidate
      .find()
      .catch((error: unknown) => none(error instanceof Error ? error.message : String(error)));
    if (found.kind !== 'none') {
      log(candidate.what);
      return { found: found as Exclude<T, Unavailable> };
    }
    refusals.push(`  - ${candidate.what}: ${(found as Unavailable).reason}`);
  }
  return { refusals };
}
