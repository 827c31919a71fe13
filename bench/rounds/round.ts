import { setTimeout as sleep } from 'node:timers/promises';
import type { GenerateRequest } from './generate-request.ts';

/** One delivered avatar. */
interface Delivered {
  /** Until the request was answered, ms; undefined where there is no answer before the avatar. */
  readonly answerMs?: number;
}

/** The API is busy and says so: 429 or 503. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Generates one avatar. Resolves when it is delivered. @throws Refused; when it is not admitted or fails */
export type Generate = (request: GenerateRequest) => Promise<Delivered>;

/** One round’s measurements, in the sequence of the deliveries. */
export interface Round {
  /** From request to delivery, ms. */
  readonly latenciesMs: readonly number[];
  /** From request to its answer, ms; empty where there is none. */
  readonly answersMs: readonly number[];
  /** Requests that were refused, of a paced round: the rate may be more than the machine can do. */
  readonly refused: number;
  /** From the start of the round to each delivery, ms. */
  readonly deliveredMs: readonly number[];
  /** Of the whole round, ms. */
  readonly tookMs: number;
}

/** Runs all requests with limited concurrency: when one is delivered, the next one starts. */
export async function runRound(
  requests: readonly GenerateRequest[],
  lanes: number,
  generate: Generate,
): Promise<Round> {
  const recorder = createRecorder();
  const left = requests.values();
  const lane = async (): Promise<void> => {
    for (const request of left) await recorder.record(performance.now(), () => generate(request));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return recorder.round();
}

/** Sends requests at a fixed rate, whether earlier ones are delivered or not. A late start counts as latency, a refusal as such. */
export async function runPaced(
  requests: readonly GenerateRequest[],
  perSecond: number,
  generate: Generate,
): Promise<Round> {
  const recorder = createRecorder();
  const startedAt = performance.now();
  let refused = 0;
  const deliveries = requests.map(async (request, index) => {
    const dueAt = startedAt + (index * 1_000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    try {
      await recorder.record(dueAt, () => generate(request));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused += 1;
    }
  });
  await Promise.all(deliveries);
  return { ...recorder.round(), refused };
}

function createRecorder() {
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  const answersMs: number[] = [];
  const deliveredMs: number[] = [];
  return {
    async record(beganAt: number, generate: () => Promise<Delivered>): Promise<void> {
      const { answerMs } = await generate();
      latenciesMs.push(performance.now() - beganAt);
      deliveredMs.push(performance.now() - startedAt);
      if (answerMs !== undefined) answersMs.push(answerMs);
    },
    round: (): Round => ({ latenciesMs, answersMs, deliveredMs, refused: 0, tookMs: performance.now() - startedAt }),
  };
}
