import type { Color } from '../drawing/color.ts';
import { closedPath, n, type Curve, type Point } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { inkFor } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, glow, line } from '../drawing/svg.ts';

/** The face's outline, turned: the far cheek tucks in, the chin follows the gaze. */
export function faceOutline({ head, turned, manner }: Sitting): Curve {
  const half = (side: 1 | -1): Point[] => {
    const far = Math.max(0, turned(1) * side);
    const tuck = manner.head === 'adult' ? 1 : 0.6;
    return [
      [side * head.temple * 0.62, head.crownY + 24],
      [side * head.temple, head.crownY + 96],
      [side * head.brow - side * far * 7 * tuck, head.eyeY - 26],
      [side * head.cheek + side * far * 1 + turned(1), head.cheekY],
      [side * head.jaw + turned(7), head.jawY],
      [side * head.chin + turned(13), head.chinY - 13],
    ];
  };
  const right = half(1);
  const left = half(-1);
  return [[0, head.crownY], ...right, [turned(15), head.chinY], ...left.toReversed()];
}

export function drawHead(sitting: Sitting): string {
  const { defs, palette, head, manner, turned, person } = sitting;
  const path = closedPath(faceOutline(sitting));
  const clip = defs.clip(path);
  if (manner.shading === 'flat') {
    const shadow: Curve = [
      [turned(-10), head.crownY],
      [head.temple + 20, head.crownY],
      [head.cheek + 30, head.chinY + 30],
      [turned(10), head.chinY + 30],
    ];
    return (
      fill(path, palette.skin) +
      clipped(fill(closedPath(shadow), palette.skinShade, manner.eyes === 'dot' ? 0.22 : 0), clip) +
      cheeks(sitting, 0.34)
    );
  }
  if (manner.shading === 'cel') {
    const shadow: Curve = [
      [head.temple + 30, head.crownY],
      [head.temple - 4, -40],
      [head.cheek - 22 + turned(4), head.cheekY + 10],
      [head.jaw - 22 + turned(6), head.jawY + 12],
      [head.chin - 10 + turned(12), head.chinY - 6],
      [turned(12), head.chinY + 12],
      [head.cheek + 40, head.chinY],
    ];
    const face =
      fill(path, palette.skin) +
      clipped(fill(closedPath(shadow), palette.skinShade, 0.6), clip) +
      cheeks(sitting, 0.42);
    return manner.lineWidth ? face + line(path, inkFor(sitting, palette.skin), manner.lineWidth) : face;
  }
  const base = defs.linear(
    [
      [0, palette.skinLight],
      [0.32, palette.skin],
      [0.72, palette.skin],
      [1, palette.skinShade],
    ],
    0.1,
    0,
    0.9,
    1,
  );
  const film = manner.eyes === 'film';
  const modelling =
    // core shadow on the right cheek and jaw, light on forehead, cheekbone and chin
    glow(defs, { x: head.cheek + 34, y: 60, rx: 96, ry: 210 }, palette.skinDeep, 0.5) +
    glow(defs, { x: -head.cheek - 40, y: 90, rx: 70, ry: 190 }, palette.skinShade, 0.5) +
    glow(defs, { x: turned(10), y: head.chinY + 22, rx: 130, ry: 46 }, palette.skinDeep, 0.5) +
    glow(defs, { x: -36 + turned(10), y: -104, rx: 96, ry: 62 }, palette.skinLight, 0.55) +
    [-1, 1]
      .map((s) =>
        glow(
          defs,
          { x: s * head.eyeGap + turned(18), y: head.eyeY - 6, rx: 56, ry: 38 },
          palette.skinShade,
          film ? 0.34 : 0.55,
        ),
      )
      .join('') +
    glow(
      defs,
      { x: -head.eyeGap - 14 + turned(14), y: head.cheekY + 2, rx: 44, ry: 26, rotate: -22 },
      palette.skinLight,
      0.62,
    ) +
    glow(defs, { x: turned(15), y: head.chinY - 22, rx: 30, ry: 15 }, palette.skinLight, 0.42) +
    cheeks(sitting, person.feminine > 0.5 ? 0.42 : 0.3);
  return fill(path, base) + clipped(modelling, clip);
}

function cheeks({ defs, palette, head, manner, turned }: Sitting, opacity: number): string {
  if (manner.eyes === 'dot') {
    return [-1, 1]
      .map((s) =>
        ellipse({ x: s * (head.eyeGap + 26) + turned(14), y: head.cheekY + 20, rx: 21, ry: 13 }, palette.blush, 0.4),
      )
      .join('');
  }
  const anime = manner.eyes === 'anime';
  const spot = [-1, 1].map((s) => {
    const x = s * (head.eyeGap + (anime ? 18 : 14)) + turned(16);
    const hatch = anime
      ? [0, 1, 2].map((i) => line(`M${n(x - 9 + i * 9)} ${n(head.cheekY + 26)}l-4 8`, palette.blush, 2.6, 0.6)).join('')
      : '';
    return (
      glow(
        defs,
        { x, y: head.cheekY + (anime ? 28 : 14), rx: anime ? 34 : 46, ry: anime ? 18 : 34 },
        palette.blush,
        opacity,
      ) + hatch
    );
  });
  return spot.join('');
}

/** Ears lie behind the face; the near one shows more. */
export function drawEars(sitting: Sitting): string {
  const { palette, person, turned, head, manner } = sitting;
  const pointy = person.worn.pointedEars !== undefined;
  const jewel = person.worn.earring;
  return ([-1, 1] as const)
    .map((side) => {
      const near = -side * turned(1);
      const x = side * (head.brow - 7) + (near > 0 ? 0 : -side * 10 * Math.abs(near));
      const y = head.eyeY + 24;
      const size = (1 + person.face.ears * 0.06) * (manner.head === 'chibi' ? 0.8 : manner.head === 'anime' ? 0.88 : 1);
      const p = (dx: number, dy: number): Point => [x + side * dx * size, y + dy * size];
      const round: Curve = [p(-8, -34), p(12, -44), p(29, -30), p(25, 0), p(16, 30), p(2, 38), p(-10, 26)];
      const pointed: Curve = [p(-8, -30), p(30, -48), p(84, -92), p(66, -46), p(34, 4), p(14, 32), p(-8, 26)];
      const outline = closedPath(pointy ? pointed : round);
      const fold = pointy ? [p(10, -10), p(32, -34), p(60, -66)] : [p(8, 20), p(18, -2), p(20, -24), p(8, -30)];
      const ring =
        jewel !== undefined
          ? hoop(p(2, 52), jewel) +
            fill(closedPath([p(2, 38), p(8, 44), p(2, 50), p(-4, 44)]), jewel) +
            ellipse({ x: p(0, 0)[0], y: p(0, 44)[1], rx: 2, ry: 2 }, '#fff6d8')
          : '';
      const tone = side > 0 ? palette.skinShade : palette.skin;
      const edge = manner.lineWidth ? line(outline, inkFor(sitting, palette.skin), manner.lineWidth) : '';
      return (
        fill(outline, tone) +
        edge +
        line(foldPath(fold), palette.skinDeep, 3.4, manner.shading === 'flat' ? 0.3 : 0.5) +
        ring
      );
    })
    .join('');
}

function foldPath(points: Curve): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

/** A ring big enough to be seen on a thumbnail. */
const hoop = ([x, y]: Point, color: Color): string =>
  `<ellipse cx="${n(x)}" cy="${n(y + 8)}" rx="13" ry="17" fill="none" stroke="${color}" stroke-width="6"/>`;
