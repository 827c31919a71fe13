import { availableParallelism } from 'node:os';

/** Runs builds in the order in which they were requested, as many at once as the cores allow. */
export interface BuildSlots {
  /** At least 1. */
  readonly count: number;
  run<T>(build: () => Promise<T>): Promise<T>;
}

/** Go compiles packages in parallel by itself: fewer cores than this are busy with one build. */
const CORES_PER_BUILD = 4;

export function createBuildSlots(cores: number = availableParallelism()): BuildSlots {
  const count = Math.max(1, Math.floor(cores / CORES_PER_BUILD));
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    count,
    async run(build) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await build();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
