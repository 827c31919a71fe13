/** Longer prompts are read up to here; the API's own limit is lower. */
const READ_MAX_CHARACTERS = 2_000;

export interface Token {
  /** Lower-case ASCII as typed, for reports. */
  readonly text: string;
  /** The form by which the lexicon knows the word: singular, American spelling. */
  readonly stem: string;
}

const TOKEN = /#[0-9a-f]{6}\b|[a-z]+n't\b|[a-z]+|'s\b|\d+s?\b|\d+|[,.;:!?()\n/]/g;

/** Words, numbers, '#rrggbb' and punctuation; hyphens part words, accents are dropped, everything else is skipped. */
export function tokensOf(text: string): Token[] {
  const plain = text
    .slice(0, READ_MAX_CHARACTERS)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/(\d)\+/g, '$1s')
    .replace(/[&+]/g, ' and ');
  return [...plain.matchAll(TOKEN)].map(([word]) => ({ text: word, stem: stemOf(word) }));
}

/** Plural only in form, or a thing of its own: "glasses" are no glass. */
const WHOLE = new Set(
  `flowers glasses spectacles goggles shades braces overalls dungarees scrubs locs dress suspenders was his this does
  has is as its bus gas us yes christmas chess princess duchess actress waitress hostess stewardess goddess sorceress
  priestess headdress sundress cactus circus lens harness moss grass brass glass cross less mess boss kris iris paris
  swiss press fortress mattress necklass business happiness wireless headless fearless pius campus walrus octopus
  classes molasses clothes trousers pants jeans specs irises whiskers pajamas tails always sometimes perhaps news
  apparatus amorous serious furious anxious nervous curious jealous mischievous joyous religious luminous gorgeous
  famous victorious envious suspicious cautious ferocious hilarious mysterious glamorous canvas texas hans rus gris
  dreadlocks sidelocks bangs tress rhinoceros virus bonus stylus james hi-vis fleur-de-lis bliss kiss hiss emotionless
  bris pus bias alas atlas mavis elvis tennis cannabis oasis basis genius radius thesis aviators wayfarers`.split(
    /\s+/,
  ),
);

/** Spellings and variants that the lexicon writes in one way. */
const VARIANTS: Readonly<Record<string, string>> = {
  grey: 'gray',
  greyish: 'gray',
  grayish: 'gray',
  colour: 'color',
  coloured: 'colored',
  multicoloured: 'multicolored',
  colourful: 'colorful',
  armour: 'armor',
  armoured: 'armored',
  moustache: 'mustache',
  moustached: 'mustached',
  moustachioed: 'mustached',
  mustachioed: 'mustached',
  tache: 'mustache',
  stache: 'mustache',
  pyjamas: 'pajamas',
  pjs: 'pajamas',
  jewellery: 'jewelry',
  jewelled: 'jeweled',
  bejewelled: 'jeweled',
  woolly: 'wool',
  wooly: 'wool',
  woolen: 'wool',
  woollen: 'wool',
  knit: 'knitted',
  blonde: 'blond',
  blondish: 'blond',
  yarmulke: 'kippah',
  kippa: 'kippah',
  kipa: 'kippah',
  chequered: 'checked',
  checkered: 'checked',
  checkerboard: 'checked',
  greeny: 'green',
  reddish: 'red',
  blueish: 'blue',
  bluish: 'blue',
  greenish: 'green',
  yellowish: 'yellow',
  brownish: 'brown',
  pinkish: 'pink',
  purplish: 'purple',
  tophat: 'top hat',
  theatre: 'theater',
  harbour: 'harbor',
  cosy: 'cozy',
  plough: 'plow',
  plait: 'braid',
  plaited: 'braided',
  tyre: 'tire',
  axe: 'ax',
  mould: 'mold',
  aeroplane: 'airplane',
  sceptre: 'scepter',
  neighbour: 'neighbor',
  mum: 'mom',
  mummy: 'mom',
  mommy: 'mom',
  burnt: 'burned',
  sunburnt: 'sunburned',
  smiley: 'smiling',
  granny: 'grandma',
  wives: 'wife',
  knives: 'knife',
  elves: 'elf',
  thieves: 'thief',
  scarves: 'scarf',
  wolves: 'wolf',
  leaves: 'leaf',
  men: 'man',
  women: 'woman',
  children: 'child',
  ladies: 'lady',
  feet: 'foot',
  teeth: 'tooth',
  mice: 'mouse',
  geese: 'goose',
  specs: 'spectacles',
  eyeglasses: 'glasses',
  eyeglass: 'glasses',
  sunnies: 'sunglasses',
  shades: 'sunglasses',
  sunglass: 'sunglasses',
};

/** The same for the lexicon's own phrases and for what users type, so that both always meet. */
export function stemOf(word: string): string {
  const variant = VARIANTS[word];
  if (variant !== undefined) return variant;
  if (word.length < 4 || !word.endsWith('s') || WHOLE.has(word) || word.endsWith('ss') || word.endsWith("'s"))
    return word;
  const single = word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : /(?:x|ch|sh|ss|zz)es$/.test(word)
      ? word.slice(0, -2)
      : word.slice(0, -1);
  return VARIANTS[single] ?? single;
}
