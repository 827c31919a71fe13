import type { Color } from '../drawing/color.ts';
import type { SceneName, Weather } from '../scene/scene-names.ts';
import type { Accessory, Beard, Costume, Expression, Eyewear, HairKind, Hat, Pattern } from './traits.ts';

/** Small deviations of a face from the mean, each in -1..1 unless said otherwise. */
export interface FaceTraits {
  readonly jaw: number;
  readonly length: number;
  readonly cheeks: number;
  readonly eyeSize: number;
  readonly eyeGap: number;
  readonly eyeTilt: number;
  readonly brow: number;
  readonly browWeight: number;
  readonly nose: number;
  readonly noseWidth: number;
  readonly lips: number;
  readonly mouth: number;
  readonly ears: number;
}

/** Everyone who sits for a portrait, fully settled: nothing after this reads words. */
export interface Person {
  readonly seed: number;
  /** 0 drawn with masculine, 1 with feminine proportions. */
  readonly feminine: number;
  readonly ageYears: number;
  /** -1 slim to 1 round. */
  readonly build: number;
  readonly shoulders: number;
  readonly skin: Color;
  readonly hair: Color;
  /** The hair's where the words say none of its own. */
  readonly beardColor: Color | undefined;
  readonly eye: Color;
  readonly cloth: Color;
  /** Of what shows under the outer garment; undefined leaves it to the costume. */
  readonly under: Color | undefined;
  readonly pattern: { readonly kind: Pattern; readonly color: Color } | undefined;
  /** For plain sets; unlike the clothes before it. */
  readonly accent: Color;
  readonly scene: SceneName;
  readonly weather: Weather | undefined;
  readonly hairKind: HairKind;
  readonly beard: Beard;
  readonly costume: Costume;
  readonly hat: Hat | undefined;
  readonly hatColor: Color;
  readonly eyewear: Eyewear | undefined;
  /** Of the frames; undefined leaves it to the seed. */
  readonly eyewearColor: Color | undefined;
  readonly expression: Expression;
  /** -1 the face turns to the viewer's left, 1 to the right. */
  readonly turn: number;
  readonly tiltDegrees: number;
  /** What else is worn or shows, each in its color. */
  readonly worn: Readonly<Partial<Record<Accessory, Color>>>;
  readonly face: FaceTraits;
  readonly epicanthic: boolean;
  /** What the prompt says and no drawing shows. */
  readonly notDrawn: readonly string[];
}
