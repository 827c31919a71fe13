import type { Color } from '../drawing/color.ts';
import type { Accessory, Beard, Costume, Expression, Eyewear, HairKind, Hat, Pattern } from '../person/traits.ts';
import type { SceneName, Weather } from '../scene/scene-names.ts';
import type { Occupation } from './lexicon/occupations.ts';

/** A thing of one kind in a color of its own, if one was said. */
export interface Worn<Kind> {
  readonly kind: Kind;
  readonly color?: Color | undefined;
}

/** What a prompt says about a portrait; undefined is left to attributes, habit and seed, null was denied. */
export interface Told {
  gender?: number | undefined;
  /** Years. */
  age?: number | undefined;
  build?: { readonly build: number; readonly shoulders: number };
  complexions?: readonly [number, ...number[]];
  epicanthic?: boolean;
  skin?: Color;
  eye?: Color;
  hair?: HairKind;
  hairColor?: Color;
  beard?: Beard;
  beardColor?: Color;
  expression?: Expression;
  occupation?: Occupation;
  garment?: Worn<Costume>;
  /** Of what is worn under it. */
  underColor?: Color;
  /** Of clothes that were not named, or that nobody can draw. */
  clothColor?: Color;
  pattern?: { readonly kind: Pattern; readonly color?: Color | undefined };
  hat?: Worn<Hat> | null;
  eyewear?: Worn<Eyewear> | null;
  readonly accessories: Map<Accessory, Color | undefined>;
  readonly denied: Set<Accessory>;
  scene?: SceneName;
  /** Of a plain background. */
  sceneColor?: Color;
  weather?: Weather;
  /** Things that were said and that no drawing shows. */
  readonly notDrawn: string[];
}
