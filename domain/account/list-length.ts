/** Items that are counted for a list's total: the first page of a list must not cost as much as an account's whole history. */
export const COUNTED_MAX = 5_000;
