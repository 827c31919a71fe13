import type { Accessory, Beard, Costume, Expression, Eyewear, HairKind, Hat, Pattern } from '../person/traits.ts';
import type { SceneName, Weather } from '../scene/scene-names.ts';
import type { Occupation } from './lexicon/occupations.ts';

/** What a word or phrase says. Modifiers describe the noun after them (or before, after "is"); nouns are heads of phrases. */
export type Meaning =
  | { readonly is: 'color'; readonly name: string }
  /** Dark, pale, bright …: changes a color, or is one of skin, hair and eyes. */
  | { readonly is: 'shade'; readonly name: string }
  | { readonly is: 'pattern'; readonly pattern: Pattern }
  /** Sizes, shapes and materials that choose between kinds of one noun. */
  | { readonly is: 'quality'; readonly name: string }
  | { readonly is: 'hairStyle'; readonly kind: HairKind; readonly name: string }
  | { readonly is: 'age'; readonly years: number }
  | { readonly is: 'build'; readonly build: number; readonly shoulders: number }
  | { readonly is: 'origin'; readonly complexions: readonly [number, ...number[]]; readonly epicanthic: boolean }
  | { readonly is: 'gender'; readonly feminine: number }
  | { readonly is: 'mood'; readonly expression: Expression }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'filler' }
  /** In the color of the clothes before. */
  | { readonly is: 'matching' }
  | Noun
  | FunctionWord;

export type Noun =
  | { readonly is: 'being'; readonly feminine?: number; readonly years?: number; readonly inhuman?: boolean }
  | { readonly is: 'occupation'; readonly occupation: Occupation }
  | { readonly is: 'garment'; readonly costume: Costume; readonly adjective?: boolean }
  /** Hat, cap, helmet, uniform, robe …: the occupation says which kind. */
  | { readonly is: 'generic'; readonly name: GenericName; readonly adjective?: boolean }
  | { readonly is: 'hat'; readonly hat: Hat; readonly adjective?: boolean }
  | { readonly is: 'eyewear'; readonly eyewear: Eyewear; readonly adjective?: boolean }
  | { readonly is: 'hair'; readonly kind?: HairKind; readonly color?: string; readonly adjective?: boolean }
  | { readonly is: 'beard'; readonly beard: Beard; readonly adjective?: boolean }
  | { readonly is: 'eyes' | 'skin' | 'clothes' | 'lips' | 'face'; readonly adjective?: boolean }
  | { readonly is: 'expression'; readonly expression: Expression }
  | { readonly is: 'accessory'; readonly accessory: Accessory; readonly adjective?: boolean }
  /** Part of what was named before: band, trim, buttons; its color is its own. */
  | { readonly is: 'detail'; readonly pattern?: Pattern }
  | { readonly is: 'background' }
  | { readonly is: 'place'; readonly scene: SceneName }
  | { readonly is: 'weather'; readonly weather: Weather; readonly adjective?: boolean }
  | { readonly is: 'bare'; readonly part: BarePart }
  | { readonly is: 'undrawn' }
  | { readonly is: 'ignored' };

export type GenericName = 'hat' | 'cap' | 'helmet' | 'uniform' | 'robe' | 'coat' | 'suit' | 'jacket' | 'gown';
type BarePart = 'head' | 'eyes' | 'chin' | 'jewelry' | 'skin' | 'neck';

type FunctionWord =
  | { readonly is: 'determiner' | 'and' | 'but' | 'not' | 'link' | 'possessive' | 'stop' | 'colon' }
  | { readonly is: 'relation'; readonly relation: Relation };

/** How a phrase hangs on what stands before it. */
export type Relation = 'with' | 'in' | 'of' | 'at' | 'wear' | 'hold' | 'like';

const NOUNS: ReadonlySet<string> = new Set<Noun['is']>([
  'being',
  'occupation',
  'garment',
  'generic',
  'hat',
  'eyewear',
  'hair',
  'beard',
  'eyes',
  'skin',
  'clothes',
  'lips',
  'face',
  'expression',
  'accessory',
  'detail',
  'background',
  'place',
  'weather',
  'bare',
  'undrawn',
  'ignored',
]);

export const isNoun = (meaning: Meaning): meaning is Noun => NOUNS.has(meaning.is);
