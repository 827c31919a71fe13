import type { Color } from '../drawing/color.ts';
import type { Beard, Costume, Eyewear, Hat } from './dress-words.ts';
import type { HairKind } from './hair-words.ts';

export type Expression = 'gentle' | 'smile' | 'grin' | 'smirk' | 'calm';

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
  /** For plain sets; unlike the clothes before it. */
  readonly accent: Color;
  readonly hairKind: HairKind;
  readonly beard: Beard;
  readonly costume: Costume;
  readonly hat: Hat | undefined;
  readonly eyewear: Eyewear | undefined;
  readonly expression: Expression;
  /** -1 the face turns to the viewer's left, 1 to the right. */
  readonly turn: number;
  readonly tiltDegrees: number;
  readonly freckles: boolean;
  readonly scar: boolean;
  readonly earring: boolean;
  readonly pointedEars: boolean;
  readonly face: FaceTraits;
  readonly epicanthic: boolean;
}
