/** Mutants that no test can kill, by id, and the reason: the change has no effect that anybody can observe. */
export const EQUIVALENT_MUTANTS: Readonly<Record<string, string>> = {
  "count_spending: condition: s.provider = 'all' -> true": 'It locks more rows.',
  'count_spending: condition: s.day = v_day -> true': 'It locks rows of other days, too.',
  "count_spending: comparison: s.provider = 'all' -> s.provider <> 'all'":
    'It locks the row of the day’s first provider, too, which all others see: they have waited for its insert.',
};
