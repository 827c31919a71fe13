/** The API's limit for bulk requests. */
export const SELECTED_MAX = 200;

/**
 * Toggles one id; with an anchor, selects the whole range from the anchor to it (shift-click).
 *
 * @param ids everything that can be selected, in display order
 * @returns unordered, at most {@link SELECTED_MAX}
 */
export function toggled(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  id: string,
  anchor?: string,
): ReadonlySet<string> {
  const from = anchor === undefined ? -1 : ids.indexOf(anchor);
  const to = ids.indexOf(id);
  if (from >= 0 && to >= 0) return atMost([...selected, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  if (selected.has(id)) return new Set([...selected].filter((other) => other !== id));
  return atMost([...selected, id]);
}

export function atMost(ids: readonly string[]): ReadonlySet<string> {
  return new Set([...new Set(ids)].slice(0, SELECTED_MAX));
}
