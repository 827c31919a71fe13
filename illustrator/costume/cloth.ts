import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, openPath, type Curve } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, fill, glow, line } from '../drawing/svg.ts';

/** Half widths of the body, figure units. */
export interface Body {
  readonly neck: number;
  readonly shoulder: number;
  readonly arm: number;
}

export function bodyOf({ person, manner }: Sitting): Body {
  const masculine = 1 - person.feminine;
  const small = manner.head === 'chibi' ? 0.62 : manner.head === 'film' ? 0.86 : manner.head === 'anime' ? 0.84 : 1;
  const shoulder = (176 + masculine * 36 + person.shoulders * 17 + person.build * 18) * small;
  return {
    neck: (47 + masculine * 13 + person.build * 7 + person.shoulders * 4) * (small < 1 ? 0.66 + small * 0.2 : 1),
    shoulder,
    arm: shoulder + (44 + person.build * 24 + masculine * 8) * small,
  };
}

/** Where the neck meets the body: chin-dependent, so that film and chibi heads sit closer. */
const NECK_LENGTH = { adult: 38, film: 30, anime: 34, chibi: 20 } as const;

export const neckY = ({ head, manner }: Sitting): number => head.chinY + NECK_LENGTH[manner.head];

/** The silhouette of torso and arms, long enough for a tall frame. `grow` widens it for thick cloth. */
export function torsoCurve(sitting: Sitting, grow = 0): Curve {
  const body = bodyOf(sitting);
  const y = neckY(sitting);
  const right: Curve = [
    [body.neck - 4, y - 18 - grow * 0.4],
    [body.neck + 30, y + 14 - grow],
    [body.shoulder * 0.72, y + 38 - grow],
    [body.shoulder + grow, y + 74 - grow * 0.6],
    [body.arm - 6 + grow, y + 150],
    [body.arm + 6 + grow, y + 240],
    [body.arm + 14 + grow, y + 380],
    [body.arm + 18 + grow, y + 620],
    [body.arm + 18 + grow, y + 960],
    [body.arm + 18 + grow, y + 1400],
  ];
  return [...mirrored(right).toReversed(), ...right];
}

/** A piece of cloth in the manner of the style: modelled, two-toned with a line, or flat. */
export function cloth(sitting: Sitting, curve: Curve | string, color: Color, options: { fine?: boolean } = {}): string {
  const { manner, defs } = sitting;
  const path = typeof curve === 'string' ? curve : closedPath(curve);
  if (manner.shading === 'flat') return fill(path, color);
  if (manner.shading === 'cel') {
    const edge = manner.lineWidth
      ? line(path, inkFor(sitting, color), manner.lineWidth * (options.fine ? 0.7 : 1))
      : '';
    return fill(path, color) + edge;
  }
  return fill(
    path,
    defs.linear(
      [
        [0, lighten(color, 0.1)],
        [0.4, color],
        [1, shade(color, 0.55)],
      ],
      0.15,
      0,
      0.85,
      1,
    ),
  );
}

/** Shade of the head on the chest, of the arms on the sides, and two folds: what gives a torso its volume. */
export function torsoShading(sitting: Sitting, color: Color, shape: Curve = torsoCurve(sitting)): string {
  const { manner, defs } = sitting;
  const body = bodyOf(sitting);
  const y = neckY(sitting);
  const deep = shade(color, 0.75);
  const clip = defs.clip(closedPath(shape));
  const pit = body.shoulder * 0.78;
  const folds = [-1, 1]
    .map((s) =>
      line(
        openPath([
          [s * (pit + 6), y + 128],
          [s * pit, y + 200],
          [s * (pit - 4), y + 420],
          [s * (pit + 6), y + 1400],
        ]),
        deep,
        manner.lineWidth ? manner.lineWidth * 0.8 : 5,
        manner.lineWidth ? 0.8 : 0.35,
      ),
    )
    .join('');
  if (manner.shading === 'flat') {
    const half: Curve = [
      [0, y - 60],
      [700, y - 60],
      [700, y + 1500],
      [0, y + 1500],
    ];
    return clipped((manner.eyes === 'dot' ? fill(closedPath(half), deep, 0.2) : '') + folds, clip);
  }
  if (manner.shading === 'cel') {
    const strip: Curve = [
      [body.shoulder * 0.5, y],
      [body.shoulder * 0.62, y + 120],
      [body.shoulder * 0.42, y + 420],
      [body.shoulder * 0.4, y + 1400],
      [800, y + 1400],
      [800, y],
    ];
    return clipped(fill(closedPath(strip), deep, 0.34) + folds, clip);
  }
  return clipped(
    glow(defs, { x: 20, y: y - 6, rx: body.neck * 2.5, ry: 74 }, deep, 0.6) +
      glow(defs, { x: body.arm + 40, y: y + 260, rx: 190, ry: 330 }, deep, 0.7) +
      glow(defs, { x: -body.arm - 50, y: y + 320, rx: 120, ry: 300 }, deep, 0.5) +
      glow(defs, { x: -body.shoulder * 0.62, y: y + 66, rx: 120, ry: 44, rotate: 14 }, lighten(color, 0.45), 0.4) +
      folds,
    clip,
  );
}

export function drawNeck(sitting: Sitting): string {
  const { palette, defs, manner, head, turned } = sitting;
  const body = bodyOf(sitting);
  const y = neckY(sitting);
  const lean = turned(6);
  const reach = Math.min(110, body.shoulder * 0.72 - body.neck);
  const right: Curve = [
    [body.neck + lean, head.jawY - 8],
    [body.neck - 3 + lean * 0.6, head.chinY + 14],
    [body.neck + 6, y - 6],
    [body.neck + reach * 0.5, y + 26],
    [body.neck + reach, y + 60],
  ];
  const left: Curve = [
    [-body.neck + lean, head.jawY - 8],
    [-body.neck + 3 + lean * 0.6, head.chinY + 14],
    [-body.neck - 6, y - 6],
    [-body.neck - reach * 0.5, y + 26],
    [-body.neck - reach, y + 60],
  ];
  const shape = closedPath([...right, [0, y + 150], ...left.toReversed()]);
  const clip = defs.clip(shape);
  const cast: Curve = [
    [-head.jaw, head.jawY - 40],
    [head.jaw + 30, head.jawY - 40],
    [head.jaw, head.chinY + 10],
    [turned(13) + 30, head.chinY + 44],
    [turned(13) - 26, head.chinY + 36],
    [-head.jaw + 10, head.chinY - 8],
  ];
  if (manner.shading !== 'soft') {
    const edge = manner.lineWidth ? line(shape, inkFor(sitting, palette.skin), manner.lineWidth) : '';
    return (
      fill(shape, palette.skin) +
      clipped(fill(closedPath(cast), palette.skinShade, manner.shading === 'flat' ? 0.55 : 0.85), clip) +
      edge
    );
  }
  return (
    fill(
      shape,
      defs.linear([
        [0, palette.skinShade],
        [0.5, palette.skin],
        [1, palette.skin],
      ]),
    ) +
    clipped(
      glow(defs, { x: turned(10) + 8, y: head.chinY - 4, rx: 140, ry: 62 }, palette.skinDeep, 0.95) +
        glow(defs, { x: body.neck + 8, y: y - 30, rx: 40, ry: 110 }, palette.skinDeep, 0.5) +
        [-1, 1]
          .map((s) =>
            line(
              openPath([
                [s * 14, y + 34],
                [s * 44, y + 20],
                [s * 96, y + 32],
              ]),
              palette.skinDeep,
              4,
              0.22,
            ),
          )
          .join(''),
      clip,
    )
  );
}
