/** More would be too small to compare. */
const COMPARED_MAX = 4;
const COMPARED_MIN = 2;
const PARAM = 'compare';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u;

export function canCompare(count: number): boolean {
  return count >= COMPARED_MIN && count <= COMPARED_MAX;
}

/** The avatars that the address asks to compare; undefined unless there are enough of them, and not too many. */
export function comparedIds(params: URLSearchParams): readonly string[] | undefined {
  const ids = [...new Set((params.get(PARAM) ?? '').split('.'))].filter((id) => UUID.test(id));
  return canCompare(ids.length) ? ids : undefined;
}

/** @param ids undefined: none */
export function withCompared(params: URLSearchParams, ids: readonly string[] | undefined): URLSearchParams {
  const next = new URLSearchParams(params);
  if (ids) next.set(PARAM, ids.join('.'));
  else next.delete(PARAM);
  return next;
}
