/** Invisible characters, including joiners and fillers: the readings need no intact emoji. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}]/gu;
const MARKS = /\p{Mn}/gu;

/** NFKC may expand one character to eighteen. A text that is longer than this afterwards was not written for a reader. */
const FOLDED_MAX_LENGTH = 8_000;

/** Letters of other alphabets that look like Latin ones, with the Latin letter at the same index. */
const LOOKALIKES = table(
  'аɑαａ' +
    'вβƅ' +
    'сϲᴄ' +
    'ԁɗ' +
    'еєεҽ' +
    'ɡɢ' +
    'һнɦ' +
    'іıιɩ' +
    'јϳ' +
    'кκĸ' +
    'ӏɫł' +
    'мᴍ' +
    'пηոɴ' +
    'оοσօøө' +
    'рρ' +
    'ԛ' +
    'гᴦ' +
    'ѕꜱ' +
    'тτ' +
    'υսц' +
    'νѵ' +
    'ԝωш' +
    'хχ' +
    'уγү' +
    'ᴢʐ',
  'aaaa' +
    'bbb' +
    'ccc' +
    'dd' +
    'eeee' +
    'gg' +
    'hhh' +
    'iiii' +
    'jj' +
    'kkk' +
    'lll' +
    'mm' +
    'nnnn' +
    'oooooo' +
    'pp' +
    'q' +
    'rr' +
    'ss' +
    'tt' +
    'uuu' +
    'vv' +
    'www' +
    'xx' +
    'yyy' +
    'zz',
);
const LOOKALIKE = new RegExp(`[${[...LOOKALIKES.keys()].join('')}]`, 'gu');

/** Digits and symbols in place of letters, in words that contain a letter: "1987" and "$5" are not changed. */
const LEET = table('013457@$!|€', 'oieastasiie');
const WORD_WITH_SIGNS = /[\p{L}\d@$!|€]+/gu;
const LETTER = /\p{L}/u;

/** Three or more single letters, separated by the same character: d.o.t.t.e.d. */
const DOTTED = /(?<![\p{L}\p{N}])\p{L}([^\p{L}\p{N}\s]{1,2})\p{L}(?![\p{L}\p{N}])(?:\1\p{L}(?![\p{L}\p{N}]))+/gu;
/** The same, separated by spaces: s p a c e d. */
const SPACED = /(?<![\p{L}\p{N}])\p{L}(\s)\p{L}(?![\p{L}\p{N}])(?:\1\p{L}(?![\p{L}\p{N}]))+/gu;
/** A short word broken by dots, stars or dashes into pieces of at most three letters. */
const BROKEN = /(?<![\p{L}\p{N}])\p{L}{1,3}(?:[._*~-]\p{L}{1,3}){1,4}(?![\p{L}\p{N}])/gu;
const NO_LETTER = /[^\p{L}\p{N}]+/gu;
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * The readings of a text: normalized, and without disguises. Deterministic, in time linear in the length of the text: no expression
 * here can match the same characters in two ways.
 */
export function readings(text: string): readonly string[] {
  const plain = folded(text);
  const undisguised = withoutDisguise(plain);
  return undisguised === plain ? [plain] : [plain, undisguised];
}

/** The words of a reading, in order. */
export function tokensOf(reading: string): string[] {
  return reading.match(WORD) ?? [];
}

/** Lower case, without accents or invisible characters, with each lookalike replaced by its Latin letter. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .slice(0, FOLDED_MAX_LENGTH)
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(LOOKALIKE, (letter) => LOOKALIKES.get(letter) ?? letter);
}

function withoutDisguise(plain: string): string {
  return plain
    .replace(WORD_WITH_SIGNS, lettersOf)
    .replace(DRAWN_OUT, '$1')
    .replace(DOTTED, lettersOnly)
    .replace(BROKEN, lettersOnly)
    .replace(SPACED, spacedLetters);
}

function lettersOnly(text: string): string {
  return text.replace(NO_LETTER, '');
}

/** The first letter may be a word of its own ("a n u d e"), so the result has the letters with and without it. */
function spacedLetters(spaced: string): string {
  const letters = lettersOnly(spaced);
  return /^[ai]/u.test(letters) ? `${letters} ${letters.slice(1)}` : letters;
}

function lettersOf(word: string): string {
  if (!LETTER.test(word)) return word;
  // Exclamation marks at the end are punctuation: "wow!".
  const end = word.replace(/[!|]+$/u, '');
  return [...end].map((sign) => LEET.get(sign) ?? sign).join('') + word.slice(end.length);
}

function table(from: string, to: string): ReadonlyMap<string, string> {
  const letters = [...to];
  return new Map([...from].map((sign, index) => [sign, letters[index] ?? sign]));
}
