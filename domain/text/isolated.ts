const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
/** The blocks of scripts that are written from right to left, and the marks of direction. */
const TURNS = /[\u0590-\u08FF\u200E\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A name or another typed text for use in an English sentence without markup, such as a title, a label or a toast: it has a direction of
 * its own, so that quotes and words around it stay in their place. A text that is written from left to right needs nothing. An element
 * does the same with `<bdi>`.
 */
export function isolated(text: string): string {
  return TURNS.test(text) ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE : text;
}
