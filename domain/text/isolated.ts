const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/**
 * A name or another typed text for use in a sentence: its direction of writing is its own, so that quotes and words around it stay in
 * their place. For text without markup; an element does the same with `<bdi>`.
 */
export function isolated(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE;
}
