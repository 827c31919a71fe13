/** A stream of reproducible random choices. */
export interface RandomStream {
  /** Next number in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The stream of one trait of one person. Each trait has a stream of its own, so that settling one trait by an
 * attribute leaves all others as they were.
 * @param seed uint32 of the request
 * @param trait fixed name of the trait, never text from a user
 */
export function createRandomStream(seed: number, trait: string): RandomStream {
  let state = hashText(`${seed >>> 0}/${trait}`);
  const next = (): number => {
    // mulberry32: small, and equal on every platform because it only uses 32-bit integers.
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    pick: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0],
    chance: (probability) => next() < probability,
  };
}
