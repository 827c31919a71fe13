import { createRandomStream, type RandomStream } from '#illustrator/person/seeded-random.ts';
import type { FaultQueue } from '../../fakes/faults/fault-queue.ts';
import {
  faultSchema,
  type Call,
  type CallFault,
  type FaultScript,
  type PredictionFault,
} from '../../fakes/faults/fault.ts';
import { UNDELIVERABLE } from '../../fakes/faults/undeliverable-image.ts';

type Weighted<Name extends string> = readonly (readonly [fault: Name, weight: number])[];

/** Faults of any call. What ends a whole circuit is rare: with it, nothing would be bought. */
const OF_CALLS: Weighted<CallFault['fault']> = [
  ['rate_limited', 3],
  ['server_error', 4],
  ['reset', 4],
  ['torn_reply', 3],
  ['slow', 4],
  ['hang', 0.3],
];
/** Faults of the paid call: mostly done, although the caller sees an error. */
const OF_CREATES: Weighted<CallFault['fault']> = [
  ...OF_CALLS,
  ['reset_after_accept', 5],
  ['server_error_after_accept', 5],
  ['hang_after_accept', 0.5],
  ['invalid_input', 0.3],
  ['auth', 0.1],
  ['no_funds', 0.1],
];
const OF_PREDICTIONS: Weighted<PredictionFault['fault']> = [
  ['failed', 3],
  ['nsfw', 1],
  ['empty', 1],
  ['oversized', 0.2],
  ['deleted', 1],
  ['file_late', 2],
  ['slow', 4],
  ['stuck', 1],
  ['never_starts', 1],
  ['unlisted', 3],
  ['foreign_output', 0.5],
  ...UNDELIVERABLE.map((fault) => [fault, 0.5] as const),
];
/** Below how long an adapter searches for a job whose reply was lost. */
const SHORT_MS = 1_500;
const RETRY_AFTER_S = 1;

/** A fake's faults, drawn from a seed instead of scripted, and what they did. */
export interface RandomFaults extends FaultQueue {
  /** How often each fault struck, by `call:fault`. */
  counts(): Readonly<Record<string, number>>;
  /** The faults of the predictions with this text in the prompt. */
  predictionFaults(prompt: string): readonly string[];
  /** From now on, nothing fails. */
  heal(): void;
}

/** @param rate the share of calls that fail, and of predictions */
export function createRandomFaults(seed: number, name: string, rate: number): RandomFaults {
  const random = createRandomStream(seed, name);
  const counts = new Map<string, number>();
  const predictions: { readonly prompt: string; readonly fault: string }[] = [];
  let isHealed = false;
  const draw = <Name extends string>(on: string, faults: Weighted<Name>): FaultScript | undefined => {
    if (isHealed || !random.chance(rate)) return undefined;
    const fault = pickWeighted(random, faults);
    const key = `${on}:${fault}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return { on, fault, ms: SHORT_MS, retryAfterS: RETRY_AFTER_S } as unknown as FaultScript;
  };

  return {
    add: () => undefined,
    // The studio has no public address, so no provider calls back.
    shiftForWebhook: () => undefined,
    clear: () => undefined,
    heal: () => void (isHealed = true),
    counts: () => Object.fromEntries(counts),
    predictionFaults: (prompt) =>
      predictions.filter((entry) => entry.prompt.includes(prompt)).map(({ fault }) => fault),
    shiftForCall(call: Call) {
      const script = draw(call, call === 'create' ? OF_CREATES : OF_CALLS);
      return script && (faultSchema.parse(script) as CallFault);
    },
    shiftForPrediction(prompt) {
      const script = draw('prediction', OF_PREDICTIONS);
      if (script === undefined) return undefined;
      predictions.push({ prompt, fault: script.fault });
      const { retryAfterS: _unused, ...fields } = script as { retryAfterS?: number };
      return faultSchema.parse(fields) as PredictionFault;
    },
  };
}

function pickWeighted<Name extends string>(random: RandomStream, faults: Weighted<Name>): Name {
  const total = faults.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [fault, weight] of faults) {
    left -= weight;
    if (left < 0) return fault;
  }
  return faults[0]![0];
}
