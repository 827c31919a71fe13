export type HairKind =
  | 'none'
  | 'buzz'
  | 'short'
  | 'swept'
  | 'slick'
  | 'undercut'
  | 'spiky'
  | 'mohawk'
  | 'pixie'
  | 'bob'
  | 'bangs'
  | 'medium'
  | 'long'
  | 'wavy'
  | 'curly'
  | 'ringlets'
  | 'afro'
  | 'dreads'
  | 'braid'
  | 'ponytail'
  | 'bun'
  | 'twinbuns'
  | 'pigtails';

/** First match wins, so that "long curly" is curly and "twin buns" is not a bun. */
const RULES: readonly (readonly [RegExp, HairKind])[] = [
  [/\b(none|bald|hairless|shaved head)\b/, 'none'],
  [/twin bun|space bun|two buns|odango/, 'twinbuns'],
  [/pigtail|twin ?tail|bunches/, 'pigtails'],
  [/mohawk|iroquois/, 'mohawk'],
  [/dread|\blocs\b|\btwists\b/, 'dreads'],
  [/braid|plait|cornrow/, 'braid'],
  [/ponytail|pony tail|tied|gathered/, 'ponytail'],
  [/\bbun\b|updo|top ?knot|chignon/, 'bun'],
  [/afro|coil|kinky/, 'afro'],
  [/curled|ringlet/, 'ringlets'],
  [/curl/, 'curly'],
  [/undercut|side.?shave|\bfade\b/, 'undercut'],
  [/spik/, 'spiky'],
  [/slick|combed back/, 'slick'],
  [/swept|sculpted|quiff|pompadour|side part/, 'swept'],
  [/buzz|cropped|crew cut|shaved|stubble hair/, 'buzz'],
  [/pixie/, 'pixie'],
  [/\bbob\b/, 'bob'],
  [/wav|loose/, 'wavy'],
  [/\blong\b|flowing/, 'long'],
  [/medium|shoulder/, 'medium'],
  [/bangs|fringe/, 'bangs'],
  [/short|simple|blocky/, 'short'],
];

export function hairKindOf(text: string): HairKind | undefined {
  return RULES.find(([pattern]) => pattern.test(text))?.[1];
}

/** In a prompt only words next to "hair", and names that can mean nothing else, speak of hair. */
export function hairKindInPrompt(words: string): HairKind | undefined {
  const near = [...words.matchAll(/((?:[a-z-]+ ){1,4})hair(cut|style)?\b/g)].map((match) => match[1] ?? '').join(' ');
  const sure =
    /\b(bald|shaved head|mohawk|dreadlocks|ponytail|pigtails|twintails|twin buns|space buns|undercut|afro|pixie cut|buzz ?cut|pompadour|quiff|ringlets|braids?|curls|top ?knot)\b/.exec(
      words,
    )?.[0];
  return hairKindOf(near) ?? (sure === undefined ? undefined : hairKindOf(sure));
}
