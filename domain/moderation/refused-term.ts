/** A word, or one character of a script without spaces between words. */
const PIECE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
/** Longer than any refused phrase, also with disguises. */
const TERM_MAX_LENGTH = 100;

/**
 * The shortest run of words, as the user wrote them, for which a text is refused. Searches by halves: a text of a thousand characters
 * takes about sixteen checks.
 * @param isRefused true for the whole text
 */
export function refusedTermOf(text: string, isRefused: (part: string) => boolean): string {
  const pieces = [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({ from: index, to: index + piece.length }));
  const last = firstWhere(pieces.length - 1, (at) => isRefused(text.slice(0, pieces[at]?.to)));
  const end = pieces[last]?.to;
  const begin = last - firstWhere(last, (back) => isRefused(text.slice(pieces[last - back]?.from, end)));
  const term = text.slice(pieces[begin]?.from, end);
  return [...(term.replace(AROUND, '') || term)].slice(0, TERM_MAX_LENGTH).join('');
}

/** The first index for which the condition holds; it holds for `last`, and for all after the first. */
function firstWhere(last: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, Math.max(0, last)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
