/** Numbers by name, at any depth. */
interface Numbers {
  readonly [name: string]: number | Numbers;
}

/** Combines each number of `after` with that of the same path in `before`, or with 0 where there is none. */
function combine(after: Numbers, before: Numbers, combined: (after: number, before: number) => number): Numbers {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => {
      const earlier = before[name];
      if (typeof value === 'number') return [name, combined(value, typeof earlier === 'number' ? earlier : 0)];
      return [name, combine(value, typeof earlier === 'object' ? earlier : {}, combined)];
    }),
  );
}

/** How much each number has grown; one that did not exist before counts from 0. */
export function difference<Counted>(after: Counted, before: Counted): Counted {
  return combine(after as Numbers, before as Numbers, (later, earlier) => later - earlier) as Counted;
}

/** Both numbers of each path of `first`. */
export function sum<Counted>(first: Counted, second: Counted): Counted {
  return combine(first as Numbers, second as Numbers, (one, other) => one + other) as Counted;
}

/** Each number divided by the same divisor. */
export function dividedBy<Counted>(counted: Counted, divisor: number): Counted {
  return combine(counted as Numbers, {}, (value) => value / divisor) as Counted;
}
