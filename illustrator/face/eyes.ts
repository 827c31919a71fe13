import { darken, lighten, mix, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, panelPath, type Curve, type Point } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, glow, line } from '../drawing/svg.ts';
import type { Expression } from '../person/traits.ts';
import { drawAnimeEye } from './anime-eye.ts';
import { BLOCK, drawBlockEye } from './block-eye.ts';

/** Eyes and brows. The far eye is a little narrower, both look a touch towards the viewer. */
export function drawEyes(sitting: Sitting): string {
  return drawEye(sitting, -1) + drawEye(sitting, 1) + drawBrow(sitting, -1) + drawBrow(sitting, 1);
}

export function eyeCenter({ head, turned, person }: Sitting, side: 1 | -1): Point {
  const far = Math.max(0, turned(1) * side);
  return [side * head.eyeGap * (1 - far * 0.07) + turned(19), head.eyeY + side * person.face.eyeTilt * 0.6];
}

/** How far a mood opens upper and lower lid. */
const LIDS: Readonly<Partial<Record<Expression, readonly [number, number]>>> = {
  laugh: [0.92, 0.66],
  smile: [1, 0.84],
  calm: [0.88, 1],
  stern: [0.8, 0.94],
  angry: [0.78, 0.9],
  sad: [0.84, 1.04],
  surprised: [1.34, 1.2],
};

/** Asleep, or winking with the near eye. */
const closes = ({ person, turned }: Sitting, side: 1 | -1): boolean =>
  person.expression === 'sleepy' || (person.expression === 'wink' && side * turned(1) <= 0);

/** A lid that lies on the other: hanging in sleep, arched in a wink. */
function drawClosedEye(sitting: Sitting, side: 1 | -1): string {
  const { manner, palette, person } = sitting;
  const [x, y] = eyeCenter(sitting, side);
  const half = manner.eyes === 'film' ? 38 : manner.eyes === 'dot' ? 17 : 33;
  const bend = person.expression === 'wink' ? -15 : 15;
  const ink = manner.ink === 'black' ? '#17131c' : darken(palette.skinDeep, 0.5);
  const width = manner.blocks ? BLOCK : manner.eyes === 'anime' ? 8 : 6.5;
  return line(
    `M${n(x - half)} ${n(y + 2 - bend * 0.3)}Q${n(x)} ${n(y + 2 + bend)} ${n(x + half)} ${n(y + 2 - bend * 0.3)}`,
    ink,
    width,
  );
}

function drawEye(sitting: Sitting, side: 1 | -1): string {
  if (closes(sitting, side)) return drawClosedEye(sitting, side);
  if (sitting.manner.blocks) return drawBlockEye(sitting, side, eyeCenter(sitting, side));
  if (sitting.manner.eyes === 'anime') return drawAnimeEye(sitting, side, eyeCenter(sitting, side));
  if (sitting.manner.eyes === 'dot') return drawDotEye(sitting, side);
  return drawNaturalEye(sitting, side);
}

function drawDotEye(sitting: Sitting, side: 1 | -1): string {
  const [x, y] = eyeCenter(sitting, side);
  const { person } = sitting;
  const tone = mix(person.eye, '#1a1420', 0.6);
  const lash = person.feminine > 0.5 ? line(`M${n(x + side * 11)} ${n(y - 10)}l${n(side * 9)} -7`, tone, 4.6) : '';
  return (
    ellipse({ x, y, rx: 12.5, ry: 15.5 }, tone) + ellipse({ x: x - 4, y: y - 5, rx: 4.4, ry: 4.4 }, '#ffffff') + lash
  );
}

function drawNaturalEye(sitting: Sitting, side: 1 | -1): string {
  const { person, manner, palette, defs, turned } = sitting;
  const film = manner.eyes === 'film';
  const soft = manner.shading === 'soft';
  const [cx, cy] = eyeCenter(sitting, side);
  const far = Math.max(0, turned(1) * side);
  const size = 1 + person.face.eyeSize * 0.11;
  const [wide, smiling] = LIDS[person.expression] ?? [1, 1];
  const aged = person.ageYears >= 50 ? 0.9 : 1;
  const half = (film ? 41 : 34) * size * (1 - far * 0.1);
  const upper = (film ? 35 : 20) * size * aged * (person.epicanthic ? 0.82 : 1) * wide;
  const lower = (film ? 25 : 13) * size * smiling;
  const tilt = 3 + person.face.eyeTilt * 3 + person.feminine * 2.5 + (person.epicanthic ? 3 : 0);
  const p = (x: number, y: number): Point => [cx + side * x, cy + y];
  const lid: Curve = [
    p(-half, 6),
    p(-half * 0.62, -upper * 0.6),
    p(0.02 * half, -upper),
    p(half * 0.6, -upper * 0.72),
    p(half, -tilt),
  ];
  const under: Curve = [
    p(-half, 6),
    p(-half * 0.4, lower * 0.86),
    p(half * 0.22, lower),
    p(half * 0.74, lower * 0.55),
    p(half, -tilt),
  ];
  const opening = panelPath(lid, under);
  const clip = defs.clip(opening);
  const iris = (film ? 26.5 : 18) * size;
  const gaze: Point = [cx - turned(film ? 4 : 3.4), cy - (film ? 2 : 1.5)];
  const ink = inkFor(sitting, palette.skinDeep);
  const lashInk = manner.ink === 'black' ? ink : darken(palette.skinDeep, 0.45);
  const lift = film ? 7 : person.feminine > 0.5 ? 5 : 3.2;
  const lashTop: Curve = lid.map(
    ([x, y], i) =>
      [x + (i === 4 ? side * (person.feminine > 0.5 ? 7 : 3) : 0), y - lift * [0.1, 0.55, 0.8, 1, 0.9][i]!] as const,
  );
  const crease: Curve = lid
    .map(([x, y], i) => [x, y - (film ? 13 : person.epicanthic ? 6 : 10) * [0.5, 0.9, 1, 1, 0.9][i]!] as const)
    .slice(person.epicanthic ? 2 : 1);
  const wing = person.feminine > 0.5 && !film ? lashWing(p(half, -tilt), side, lift, lashInk) : '';
  return (
    fill(
      opening,
      soft
        ? defs.linear([
            [0, '#cfc4c0'],
            [0.4, '#f6f1ec'],
            [1, '#fbf8f4'],
          ])
        : '#fdfaf6',
    ) +
    clipped(
      drawIris(sitting, gaze, iris, film) +
        fill(
          panelPath(
            lid.map(([x, y]) => [x, y - 20] as const),
            lid.map(([x, y]) => [x, y + (film ? 8 : 5)] as const),
          ),
          shade(palette.skinDeep, 0.6),
          soft ? 0.4 : 0.3,
        ),
      clip,
    ) +
    catchlights(gaze, iris) +
    fill(panelPath(lashTop, lid), lashInk) +
    wing +
    line(curvePath(under.slice(1)), palette.skinDeep, film ? 2.4 : 1.8, 0.55) +
    (soft ? glow(defs, { x: cx, y: cy + lower + 9, rx: half, ry: 9 }, palette.skinLight, 0.3) : '') +
    line(curvePath(crease), palette.skinDeep, manner.lineWidth ? 2.6 : 2.4, soft ? 0.5 : 0.65)
  );
}

/** The lash line runs out in a small upturned wing instead of single lashes, which clump when small. */
function lashWing([x, y]: Point, side: 1 | -1, lift: number, ink: Color): string {
  return fill(
    `M${n(x - side * 12)} ${n(y - lift - 3)}Q${n(x + side * 3)} ${n(y - lift)} ${n(x + side * 12)} ${n(y - lift - 8)}Q${n(x + side * 5)} ${n(y + 1)} ${n(x - side * 3)} ${n(y + 2)}Z`,
    ink,
  );
}

function drawIris({ person, defs, manner }: Sitting, [x, y]: Point, radius: number, film: boolean): string {
  const rim = darken(person.eye, 0.6);
  const paint =
    manner.shading === 'flat'
      ? person.eye
      : defs.radial(
          [
            [0, lighten(person.eye, 0.25)],
            [0.55, person.eye],
            [0.86, shade(person.eye, 0.5)],
            [1, rim],
          ],
          0.5,
          0.62,
          0.56,
        );
  return (
    ellipse({ x, y, rx: radius, ry: radius }, rim) +
    ellipse({ x, y, rx: radius * 0.93, ry: radius * 0.93 }, paint) +
    ellipse({ x, y, rx: radius * (film ? 0.5 : 0.42), ry: radius * (film ? 0.5 : 0.42) }, '#0c090d') +
    glow(defs, { x, y: y + radius * 0.6, rx: radius * 0.7, ry: radius * 0.42 }, lighten(person.eye, 0.6), 0.55)
  );
}

function catchlights([x, y]: Point, radius: number): string {
  return (
    ellipse({ x: x - radius * 0.34, y: y - radius * 0.38, rx: radius * 0.26, ry: radius * 0.28 }, '#ffffff', 0.96) +
    ellipse({ x: x + radius * 0.38, y: y + radius * 0.36, rx: radius * 0.13, ry: radius * 0.13 }, '#ffffff', 0.6)
  );
}

/** How much lower than usual the inner end of a brow is (and the outer end higher): anger; the other way, grief. */
const SLANT: Readonly<Partial<Record<Expression, number>>> = {
  angry: 17,
  stern: 8,
  sad: -15,
  sleepy: -3,
  surprised: -3,
};

const browRise = (expression: Expression): number =>
  expression === 'surprised'
    ? 17
    : expression === 'laugh'
      ? 4
      : expression === 'angry' || expression === 'stern'
        ? -5
        : 0;

/** Brows stay raised at the inner end: a level or falling one reads as stern. */
function drawBrow(sitting: Sitting, side: 1 | -1): string {
  const { person, palette, manner, turned } = sitting;
  const [cx, cy] = eyeCenter(sitting, side);
  const film = manner.eyes === 'film';
  const anime = manner.eyes === 'anime';
  const dot = manner.eyes === 'dot';
  const rise = (anime ? 62 : film ? 56 : dot ? 40 : 39) + person.face.brow * 2.5 + browRise(person.expression);
  const smirk = person.expression === 'smirk' && side * person.turn > 0 ? 13 : 0;
  const half = (film ? 34 : anime ? 28 : dot ? 24 : 34) * (1 - Math.max(0, turned(1) * side) * 0.1);
  const weight = (anime ? 5 : person.feminine > 0.5 ? 7 : 10.5) + person.face.browWeight * 1.6 + (film ? 2 : 0);
  const p = (x: number, y: number): Point => [cx + side * x, cy - rise - smirk + y];
  const slant = SLANT[person.expression] ?? 0;
  const spine: Curve = [
    p(-half, 1 + slant),
    p(-half * 0.35, -4 + slant * 0.4),
    p(half * 0.4, -6 - slant * 0.3),
    p(half * 1.14, 7 - slant * 0.6),
  ];
  if (manner.blocks) {
    const [inner, outer] = [cx - side * half * 0.8, cx + side * half * 0.8];
    return line(
      `M${n(inner)} ${n(cy - rise + slant)}L${n(outer)} ${n(cy - rise - slant * 0.6)}`,
      palette.brow,
      BLOCK * 0.9,
    );
  }
  if (dot) return line(curvePath(spine), palette.brow, 6.5);
  const thick = [0.62, 1, 0.86, 0.1];
  const top = spine.map(([x, y], i) => [x, y - weight * 0.5 * thick[i]!] as const);
  const low = spine.map(([x, y], i) => [x, y + weight * 0.5 * thick[i]!] as const);
  const soft = manner.shading === 'soft';
  return (
    line(curvePath(spine), palette.brow, weight * 0.45, soft ? 0.5 : 1) +
    fill(panelPath(top, low), palette.brow, soft ? 0.78 : 1)
  );
}

function curvePath(curve: Curve): string {
  const closed = closedPath(curve);
  // The open version of the same spline: everything before the closing segment.
  return closed.slice(0, closed.lastIndexOf('C'));
}
