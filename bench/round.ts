import type { GenerateRequest } from './bench-studio.ts';

/** One round's measurements. */
export interface Round {
  /** From request to delivery, ms, in the order of the requests. */
  readonly latenciesMs: readonly number[];
  /** Of the whole round, ms. */
  readonly tookMs: number;
}

/** Runs all requests with limited concurrency: when one is delivered, the next one starts. */
export async function runRound(
  requests: readonly GenerateRequest[],
  lanes: number,
  generate: (request: GenerateRequest) => Promise<void>,
): Promise<Round> {
  const latenciesMs: number[] = Array.from({ length: requests.length });
  const left = [...requests.entries()].values();
  const startedAt = performance.now();
  const lane = async (): Promise<void> => {
    for (const [index, request] of left) {
      const beganAt = performance.now();
      await generate(request);
      latenciesMs[index] = performance.now() - beganAt;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { latenciesMs, tookMs: performance.now() - startedAt };
}
