/** 1204 -> "1 204": thin no-break spaces, so that a number never wraps. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/gu, '\u202F');
}

/** 1 -> "1 credit", 1204 -> "1 204 credits". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)}\u00A0${value === 1 ? one : many}`;
}

/** 3 -> "3rd". */
export function ordinal(value: number): string {
  return `${formatCount(value)}${ordinalSuffix(value)}`;
}

export function ordinalSuffix(value: number): string {
  const tens = value % 100;
  if (tens >= 11 && tens <= 13) return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[value % 10] ?? 'th';
}
