import type { Costume, Hat } from '../person/traits.ts';
import { OCCUPATIONS, type Dress } from './lexicon/occupations.ts';
import type { GenericName } from './meaning.ts';
import type { Phrase } from './phrases.ts';
import type { Told } from './told.ts';

type HatWord = 'hat' | 'cap' | 'helmet';
type GarmentWord = Exclude<GenericName, HatWord>;

/** What each word may be called when an occupation wears it. */
const MAY_BE_HAT: Readonly<Record<HatWord, ReadonlySet<Hat>>> = {
  hat: new Set<Hat>([
    'toque',
    'wizard',
    'tricorne',
    'cowboy',
    'tophat',
    'sunhat',
    'santa',
    'jester',
    'campaign',
    'fedora',
    'pith',
    'conical',
    'bicorne',
    'bowler',
    'party',
    'nursecap',
    'peaked',
    'sailorcap',
    'sombrero',
    'bucket',
    'fez',
    'ushanka',
    'boater',
    'mortarboard',
    'mitre',
    'surgical',
    'hardhat',
    'flatcap',
    'beret',
    'laurel',
  ]),
  cap: new Set<Hat>([
    'peaked',
    'sailorcap',
    'nursecap',
    'surgical',
    'jester',
    'swimcap',
    'flatcap',
    'santa',
    'toque',
    'mortarboard',
    'beanie',
  ]),
  helmet: new Set<Hat>(['firehelmet', 'hardhat', 'combat', 'viking', 'helmet', 'sporthelmet', 'pith']),
};
const MAY_BE_GARMENT: Readonly<Record<GarmentWord, ReadonlySet<Costume>>> = {
  uniform: new Set<Costume>([
    'uniform',
    'scrubs',
    'chefcoat',
    'firecoat',
    'sailorsuit',
    'blazer',
    'jersey',
    'labcoat',
    'flight',
    'hivis',
    'techwear',
    'hero',
    'frockcoat',
    'kimono',
    'apron',
  ]),
  robe: new Set<Costume>(['robe', 'habit', 'judicial', 'cassock', 'toga', 'royal', 'kimono', 'bathrobe']),
  coat: new Set<Costume>(['labcoat', 'firecoat', 'frockcoat', 'raincoat', 'trench']),
  suit: new Set<Costume>(['hero', 'spacesuit', 'flight', 'tuxedo', 'sailorsuit']),
  jacket: new Set<Costume>([
    'chefcoat',
    'firecoat',
    'uniform',
    'puffer',
    'frockcoat',
    'blazer',
    'denim',
    'kimono',
    'hivis',
  ]),
  gown: new Set<Costume>(['judicial']),
};
const OTHERWISE: Readonly<Record<GarmentWord, Costume>> = {
  uniform: 'uniform',
  robe: 'robe',
  coat: 'overcoat',
  suit: 'suit',
  jacket: 'jacket',
  gown: 'judicial',
};

/** A word before "hat" or "cap" that says which. */
const HAT_QUALITIES: readonly (readonly [RegExp, Hat])[] = [
  [/\b(pointed|pointy|conical|witch)\b/, 'wizard'],
  [/\b(straw|floppy|wide|broad|brimmed|sun|beach|summer|big|large|huge|enormous|giant|oversized)\b/, 'sunhat'],
  [/\b(tall|silk)\b/, 'tophat'],
  [/\b(wool|knitted|bobble|ski|winter|warm)\b/, 'beanie'],
  [/\bfur\b/, 'ushanka'],
  [/\b(leather|cowboy)\b/, 'cowboy'],
  [/\b(tweed|flat)\b/, 'flatcap'],
  [/\b(santa|christmas)\b/, 'santa'],
  [/\b(birthday|party|paper)\b/, 'party'],
  [/\b(rain|fishing)\b/, 'bucket'],
  [/\bsafari\b/, 'pith'],
  [/\b(police|army|military)\b/, 'peaked'],
  [/\bswim\b/, 'swimcap'],
  [/\b(surgical|medical)\b/, 'surgical'],
];
const HELMET_QUALITIES: readonly (readonly [RegExp, Hat])[] = [
  [/\b(horned|winged)\b/, 'viking'],
  [/\b(iron|metal|medieval|roman|plumed|bronze)\b/, 'helmet'],
  [/\b(army|military|steel|camouflage)\b/, 'combat'],
  [/\b(work|mine)\b/, 'hardhat'],
];

/** A helmet nobody describes: of old with armor, else one for sport and traffic. */
const OLD_DRESS: ReadonlySet<Costume> = new Set(['armor', 'cloak', 'velvet', 'toga', 'robe']);

export function hatOfGeneric(word: GenericName, told: Told, phrase: Phrase): Hat {
  const name = word as HatWord;
  const said = phrase.modifiers.map(({ stem }) => stem).join(' ');
  const qualities = name === 'helmet' ? HELMET_QUALITIES : HAT_QUALITIES;
  const described = qualities.find(([pattern]) => pattern.test(said))?.[1];
  if (described !== undefined && !(name === 'cap' && described === 'sunhat')) return described;
  const usual = usualDress(told, phrase);
  if (usual?.hat !== undefined && MAY_BE_HAT[name].has(usual.hat)) return usual.hat;
  if (name === 'cap') return usual?.costume === 'uniform' ? 'peaked' : 'cap';
  if (name === 'helmet') {
    const old = usual?.costume !== undefined && OLD_DRESS.has(usual.costume);
    return old || told.garment?.kind === 'armor' ? 'helmet' : 'sporthelmet';
  }
  return 'fedora';
}

export function costumeOfGeneric(word: GenericName, told: Told, phrase: Phrase): Costume {
  const name = word as GarmentWord;
  const usual = usualDress(told, phrase)?.costume;
  return usual !== undefined && MAY_BE_GARMENT[name].has(usual) ? usual : OTHERWISE[name];
}

/** The occupation whose hat or coat it is: the owner's ("a chef's hat"), else the sitter's. */
function usualDress({ occupation }: Told, { owner }: Phrase): Dress | undefined {
  const whose = owner?.is === 'occupation' ? owner.occupation : occupation;
  return whose && OCCUPATIONS[whose];
}
