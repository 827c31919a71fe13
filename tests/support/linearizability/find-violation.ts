/** One call of a concurrent caller: what was requested, what was returned, and when. */
export interface Operation<Input> {
  readonly input: Input;
  /** Undefined when the caller crashed: the operation was applied once, or not at all. */
  readonly output: string | undefined;
  /** Any monotonic clock that all callers share. After `returnedAt` nothing of the operation happens any more. */
  readonly calledAt: number;
  readonly returnedAt: number;
}

/** How operations behave when they run one after the other. States are values: `step` changes none. */
export interface Specification<State, Input> {
  /** Operations of different partitions must not affect each other; each partition is checked alone. */
  partitionOf(input: Input): string;
  initial(partition: string): State;
  /** @returns what may happen: more than one where several outcomes are allowed */
  step(state: State, input: Input): readonly { readonly state: State; readonly output: string }[];
  /** Equal for equal states. */
  keyOf(state: State): string;
}

/** A history for which no sequence of its operations explains all outputs. */
export interface Violation<Input> {
  readonly partition: string;
  /** All operations of the partition, by the time of their calls. */
  readonly operations: readonly Operation<Input>[];
  /** The longest sequence that explains the outputs of the operations in it. */
  readonly explained: readonly Operation<Input>[];
}

/**
 * Checks a history for linearizability (Herlihy and Wing): every operation appears to happen at one moment between its call and its
 * return. The search is Wing and Gong's, with Lowe's cache of visited states, as in Knossos and Porcupine.
 * @returns undefined for a linearizable history
 */
export function findViolation<State, Input>(
  specification: Specification<State, Input>,
  history: readonly Operation<Input>[],
): Violation<Input> | undefined {
  for (const [partition, operations] of Map.groupBy(history, ({ input }) => specification.partitionOf(input))) {
    const violation = checkPartition(specification, partition, operations);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function checkPartition<State, Input>(
  specification: Specification<State, Input>,
  partition: string,
  unsorted: readonly Operation<Input>[],
): Violation<Input> | undefined {
  const operations = unsorted.toSorted((a, b) => a.calledAt - b.calledAt);
  const visited = new Set<string>();
  const done = new Set<number>();
  const sequence: Operation<Input>[] = [];
  let explained: readonly Operation<Input>[] = [];

  function extend(state: State): boolean {
    if (sequence.length > explained.length) explained = [...sequence];
    if (done.size === operations.length) return true;
    for (const index of candidates(operations, done)) {
      const operation = operations[index]!;
      done.add(index);
      sequence.push(operation);
      for (const next of nextStates(specification, state, operation)) {
        const key = `${[...done].toSorted((a, b) => a - b).join()} ${specification.keyOf(next)}`;
        if (visited.has(key)) continue;
        visited.add(key);
        if (extend(next)) return true;
      }
      sequence.pop();
      done.delete(index);
    }
    return false;
  }

  return extend(specification.initial(partition)) ? undefined : { partition, operations, explained };
}

/** The operations that may be next: those called before any other remaining one has returned. */
function candidates<Input>(operations: readonly Operation<Input>[], done: ReadonlySet<number>): number[] {
  const remaining = [...operations.keys()].filter((index) => !done.has(index));
  const firstReturn = Math.min(...remaining.map((index) => operations[index]!.returnedAt));
  return remaining
    .filter((index) => operations[index]!.calledAt <= firstReturn)
    .toSorted((a, b) => operations[a]!.returnedAt - operations[b]!.returnedAt);
}

function nextStates<State, Input>(
  { step }: Specification<State, Input>,
  state: State,
  { input, output }: Operation<Input>,
): State[] {
  const possible = step(state, input);
  if (output === undefined) return [...possible.map((next) => next.state), state];
  return possible.filter((next) => next.output === output).map((next) => next.state);
}
