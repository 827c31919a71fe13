import type { Color } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import type { Definitions } from '../drawing/svg.ts';
import type { RandomStream } from '../person/seeded-random.ts';

/** The space behind the sitter. The shorter side measures 1000 units. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  readonly defs: Definitions;
  readonly random: RandomStream;
  /** A color that suits this person, for plain sets. */
  readonly accent: Color;
}

export const wall = ({ width, height }: Stage, paint: string): string =>
  `<rect x="-20" y="-20" width="${n(width + 40)}" height="${n(height + 40)}" fill="${paint}"/>`;
export const rect = (x: number, y: number, w: number, h: number, paint: string, radius = 0, opacity = 1): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${paint}"${radius ? ` rx="${n(radius)}"` : ''}${opacity < 1 ? ` fill-opacity="${opacity.toFixed(2)}"` : ''}/>`;

/** Top to bottom over the whole stage. */
export const sky = (stage: Stage, top: Color, middle: Color, bottom: Color): string =>
  wall(
    stage,
    stage.defs.linear([
      [0, top],
      [0.55, middle],
      [1, bottom],
    ]),
  );

/** A pool of light on a wall. */
export const pool = (stage: Stage, light: Color, dark: Color, cx = 0.42, cy = 0.36, r = 0.75): string =>
  wall(
    stage,
    stage.defs.radial(
      [
        [0, light],
        [0.5, light, 0.55],
        [1, light, 0],
      ],
      cx,
      cy,
      r,
    ),
  ).replace(/^/, wall(stage, dark));

/** A set in two layers: what lies out of focus, and what stays sharp before it. */
export interface Scene {
  readonly far: string;
  /** How soft the far layer is: half the standard deviation of its blur, in stage units, less where edges are crisp. */
  readonly softness: number;
  readonly near: string;
}
