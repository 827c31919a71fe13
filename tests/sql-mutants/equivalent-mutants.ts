/** Mutants that no test can kill, by id, and the reason: the change has no effect that anybody can observe. */
export const EQUIVALENT_MUTANTS: Readonly<Record<string, string>> = {};
