import { darken, lighten, mix, saturate, shade } from '../drawing/color.ts';
import { n, openPath, panelPath, type Curve, type Point } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line } from '../drawing/svg.ts';
import type { Expression } from '../person/traits.ts';

/** How tall a mood makes the eye. */
const MOOD_HEIGHT: Readonly<Partial<Record<Expression, number>>> = {
  calm: 0.88,
  stern: 0.78,
  angry: 0.76,
  sad: 0.86,
  laugh: 0.84,
  surprised: 1.16,
};

/** Tall, bright eyes: heavy upper lash, deep iris that lightens downwards, two catchlights. */
export function drawAnimeEye(sitting: Sitting, side: 1 | -1, [cx, cy]: Point): string {
  const { person, manner, defs, palette, turned } = sitting;
  const chibi = manner.head === 'chibi';
  const far = Math.max(0, turned(1) * side);
  const scale = (chibi ? 1.2 : 1) * (1 + person.face.eyeSize * 0.05);
  const half = 37 * scale * (1 - far * 0.12);
  const tall = (person.feminine > 0.5 || chibi ? 41 : 34) * scale * (MOOD_HEIGHT[person.expression] ?? 1);
  const p = (x: number, y: number): Point => [cx + side * x * (half / 37), cy + y * (tall / 40)];
  const lid: Curve = [p(-33, 2), p(-24, -25), p(-2, -37), p(22, -31), p(37, -8)];
  const under: Curve = [p(-33, 2), p(-26, 26), p(-6, 38), p(20, 34), p(37, -8)];
  const bold = person.feminine > 0.4;
  const lashOuter: Curve = bold
    ? [p(-37, 3), p(-27, -30), p(-2, -46), p(27, -41), p(46, -13)]
    : [p(-35, 1), p(-26, -28), p(-2, -43), p(25, -38), p(41, -12)];
  const opening = panelPath(lid, under);
  const ink = darken(shade(person.hair, 0.6), 0.55);
  const [ix, iy] = [cx + side * 1 - turned(3), cy - 1];
  const rx = 27.5 * scale * (1 - far * 0.1);
  const ry = tall * 0.96;
  const vivid = mix(saturate(person.eye, 1.5), '#ffdca0', 0.42);
  const iris =
    ellipse({ x: ix, y: iy, rx, ry }, darken(person.eye, 0.62)) +
    ellipse(
      { x: ix, y: iy + 1.5, rx: rx * 0.9, ry: ry * 0.92 },
      defs.linear([
        [0, darken(person.eye, 0.55)],
        [0.42, person.eye],
        [1, vivid],
      ]),
    ) +
    ellipse({ x: ix, y: iy - 2, rx: rx * 0.42, ry: ry * 0.46 }, darken(person.eye, 0.78)) +
    ellipse({ x: ix, y: iy + ry * 0.56, rx: rx * 0.5, ry: ry * 0.22 }, lighten(vivid, 0.4), 0.8);
  const shadow = fill(
    panelPath(
      lid.map(([x, y]) => [x, y - 30] as const),
      lid.map(([x, y]) => [x, y + 9] as const),
    ),
    '#2a1a3a',
    0.3,
  );
  return (
    fill(opening, '#ffffff') +
    clipped(iris + shadow, defs.clip(opening)) +
    ellipse({ x: ix - rx * 0.36, y: iy - ry * 0.4, rx: rx * 0.34, ry: ry * 0.25 }, '#ffffff') +
    ellipse({ x: ix + rx * 0.42, y: iy + ry * 0.36, rx: rx * 0.17, ry: ry * 0.12 }, '#ffffff', 0.9) +
    fill(panelPath(lashOuter, lid), ink) +
    (bold ? line(`M${n(p(40, -14)[0])} ${n(p(40, -14)[1])}q${n(side * 8)} -2 ${n(side * 12)} -11`, ink, 4.4) : '') +
    line(openPath([p(-14, 41), p(4, 42), p(22, 37)]), ink, 3, 0.8) +
    line(openPath([p(-22, -44), p(2, -55), p(28, -49)]), inkFor(sitting, palette.skin), 2.4, 0.6)
  );
}
