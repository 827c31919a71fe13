import { lighten, shade } from '../drawing/color.ts';
import { n, openPath, panelPath, type Curve, type Point } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, glow, line } from '../drawing/svg.ts';
import type { Beard, Expression } from '../person/traits.ts';
import { BLOCK } from './block-eye.ts';

/** Corners of the mouth lift and how far it opens, by expression. */
const MOUTHS: Readonly<Record<Expression, { readonly lift: number; readonly open: number; readonly width: number }>> = {
  gentle: { lift: 9, open: 0, width: 1.02 },
  smile: { lift: 16, open: 0, width: 1.14 },
  laugh: { lift: 16, open: 34, width: 1.24 },
  smirk: { lift: 8, open: 0, width: 1.02 },
  calm: { lift: 3, open: 0, width: 0.96 },
  stern: { lift: -4, open: 0, width: 0.96 },
  angry: { lift: -13, open: 0, width: 1.02 },
  sad: { lift: -15, open: 0, width: 0.88 },
  surprised: { lift: 0, open: 0, width: 0.9 },
  sleepy: { lift: 4, open: 0, width: 0.9 },
  wink: { lift: 15, open: 0, width: 1.12 },
};

/** Hair on the lip hides its curve, so a smile shows teeth there. */
const HAIRY: ReadonlySet<Beard> = new Set(['moustache', 'full', 'long', 'short', 'goatee']);
const SMILE_IN_BEARD = 15;

export function drawMouth(sitting: Sitting): string {
  const { head, person, manner, turned } = sitting;
  if (person.worn.mask !== undefined) return '';
  const usual = MOUTHS[person.expression];
  // Where no lips are drawn, their paint colors the line of the mouth.
  const { lipstick } = person.worn;
  const bearded = person.expression === 'smile' && HAIRY.has(person.beard);
  const mood = bearded ? { ...usual, open: SMILE_IN_BEARD } : usual;
  const x = turned(25);
  const y = head.mouthY;
  const base = manner.eyes === 'anime' ? 20 : manner.eyes === 'dot' ? 27 : manner.eyes === 'film' ? 39 : 37;
  const half = (base + person.face.mouth * 3 + (1 - person.feminine) * 3) * mood.width;
  const smirk = person.expression === 'smirk' ? 7 * Math.sign(person.turn) : 0;
  const corner = (s: 1 | -1): Point => [
    x + s * half - turned(s > 0 === person.turn > 0 ? 3 : 0),
    y - mood.lift + s * -smirk,
  ];
  const seam: Curve = [
    corner(-1),
    [x - half * 0.5, y - mood.lift * 0.1],
    [x, y + mood.lift * 0.32],
    [x + half * 0.5, y - mood.lift * 0.1 - smirk * 0.4],
    corner(1),
  ];
  if (manner.blocks) return blockMouth(sitting, x, y, mood);
  if (person.expression === 'surprised') return roundMouth(sitting, x, y, half);
  if (mood.open > 0) return openMouth(sitting, seam, mood.open);
  if (manner.eyes === 'anime' || manner.eyes === 'dot') {
    const ink = manner.eyes === 'dot' ? palette(sitting).skinDeep : inkFor(sitting, palette(sitting).skin);
    return (
      line(openPath(seam), lipstick ?? ink, lipstick ? 8 : manner.eyes === 'dot' ? 5.6 : 3.6) +
      (manner.eyes === 'anime' ? line(`M${n(x - 7)} ${n(y + 12)}q7 3 14 0`, ink, 2.4, 0.35) : '')
    );
  }
  return closedLips(sitting, seam, half);
}

const palette = (sitting: Sitting): Sitting['palette'] => sitting.palette;

/** So that a corner of the mouth fills one block of the image, wherever it falls between two. */
const FULL_BLOCK = 1.3 * BLOCK;

/** Three blocks, and corners that rise or fall; open, a white row over a dark one. */
function blockMouth(
  { palette: tones, person }: Sitting,
  x: number,
  y: number,
  mood: (typeof MOUTHS)[Expression],
): string {
  const ink = person.worn.lipstick ?? shade(tones.skin, 0.9, '#4a0a18');
  const row = (dy: number, paint: string): string =>
    line(`M${n(x - BLOCK)} ${n(y + dy)}h${n(2 * BLOCK)}`, paint, BLOCK);
  if (person.expression === 'surprised') return line(`M${n(x)} ${n(y - BLOCK / 2)}v${n(BLOCK)}`, ink, 2 * BLOCK);
  const rise = Math.abs(mood.lift) < 5 ? 0 : -Math.sign(mood.lift) * FULL_BLOCK;
  const corners = [-2, 2]
    .map((s) => line(`M${n(x + (s - 0.5) * BLOCK)} ${n(y + rise)}h${n(BLOCK)}`, ink, FULL_BLOCK))
    .join('');
  return corners + row(0, mood.open > 0 ? '#ffffff' : ink) + (mood.open > 0 ? row(BLOCK, ink) : '');
}

/** An open O, as of surprise. */
function roundMouth({ palette: tones, manner }: Sitting, x: number, y: number, half: number): string {
  const [rx, ry] = [Math.max(15, half * 0.46), Math.max(20, half * 0.62)];
  const lips =
    manner.shading === 'flat' || manner.eyes === 'anime'
      ? ''
      : ellipse({ x, y: y + 6, rx: rx + 7, ry: ry + 7 }, tones.lip);
  return (
    lips +
    ellipse({ x, y: y + 6, rx, ry }, '#4a121c') +
    ellipse({ x, y: y + 6 + ry * 0.52, rx: rx * 0.66, ry: ry * 0.36 }, '#c8606a')
  );
}

function closedLips(sitting: Sitting, seam: Curve, half: number): string {
  const { person, manner, defs, palette: tones } = sitting;
  const full = 8 + person.face.lips * 1.8 + person.feminine * 3;
  const [left, , middle, , right] = seam as [Point, Point, Point, Point, Point];
  const upper: Curve = [
    left,
    [middle[0] - half * 0.42, middle[1] - full * 0.95 - 3],
    [middle[0] - 7, middle[1] - full - 3],
    [middle[0], middle[1] - full + 0.5],
    [middle[0] + 7, middle[1] - full - 3],
    [middle[0] + half * 0.42, middle[1] - full * 0.95 - 3],
    right,
  ];
  const lower: Curve = [
    left,
    [middle[0] - half * 0.5, middle[1] + full * 0.75],
    [middle[0], middle[1] + full * 1.45],
    [middle[0] + half * 0.5, middle[1] + full * 0.75],
    right,
  ];
  const soft = manner.shading === 'soft';
  const seamInk = manner.ink === 'black' ? tones.ink : shade(tones.lip, 0.8, '#3a0a18');
  if (manner.shading === 'flat')
    return (
      line(openPath(seam), person.worn.lipstick ?? shade(tones.skin, 0.75, '#5a1020'), 6.4) +
      dimples(sitting, left, right)
    );
  const lips =
    fill(panelPath(upper, seam), shade(tones.lip, 0.28), manner.lineWidth > 4 ? 0.7 : 1) +
    fill(
      panelPath(seam, lower),
      soft
        ? defs.linear([
            [0, tones.lip],
            [1, lighten(tones.lip, 0.12)],
          ])
        : tones.lip,
      soft ? 0.95 : 0.75,
    );
  return (
    lips +
    line(openPath(seam), seamInk, manner.ink === 'black' ? 4.6 : 2.8, 0.9) +
    (soft
      ? glow(defs, { x: middle[0] - 4, y: middle[1] + full * 0.75, rx: half * 0.4, ry: 4.4 }, '#ffffff', 0.5) +
        glow(defs, { x: middle[0], y: middle[1] + full * 1.5 + 9, rx: half * 0.62, ry: 9 }, tones.skinShade, 0.75) +
        dimples(sitting, left, right)
      : '')
  );
}

function dimples({ palette: tones, defs, person }: Sitting, left: Point, right: Point): string {
  if (!['none', 'stubble', 'moustache'].includes(person.beard)) return '';
  return (
    glow(defs, { x: left[0] - 3, y: left[1] + 1, rx: 9, ry: 9 }, tones.skinDeep, 0.4) +
    glow(defs, { x: right[0] + 3, y: right[1] + 1, rx: 9, ry: 9 }, tones.skinDeep, 0.4)
  );
}

/** A laugh: teeth above, tongue below, lips around it where the manner draws lips. */
function openMouth(sitting: Sitting, seam: Curve, depth: number): string {
  const { manner, defs, palette: tones, person } = sitting;
  const [left, , middle, , right] = seam as [Point, Point, Point, Point, Point];
  const half = (right[0] - left[0]) / 2;
  const low = middle[1] + depth;
  const floor: Curve = [
    left,
    [middle[0] - half * 0.66, low - depth * 0.42],
    [middle[0], low],
    [middle[0] + half * 0.66, low - depth * 0.42],
    right,
  ];
  const opening = panelPath(seam, floor);
  const teeth = panelPath(
    seam.map(([x, y]) => [x, y - 6] as const),
    seam.map(([x, y], i) => [x, y + depth * [0.1, 0.46, 0.5, 0.46, 0.1][i]!] as const),
  );
  const inner =
    fill(opening, '#5a1722') +
    clipped(
      ellipse({ x: middle[0], y: low + 2, rx: half * 0.5, ry: depth * 0.42 }, '#d0606a') +
        fill(teeth, manner.shading === 'soft' ? '#f4efe8' : '#ffffff'),
      defs.clip(opening),
    );
  if (manner.eyes === 'anime' || manner.eyes === 'dot')
    return inner + line(openPath(seam), inkFor(sitting, tones.skin), manner.lineWidth ? 3.4 : 0.1);
  const full = 6 + person.face.lips + person.feminine * 2.5;
  const upper: Curve = [
    left,
    [middle[0] - half * 0.4, middle[1] - full * 1.1 - 3],
    [middle[0], middle[1] - full],
    [middle[0] + half * 0.4, middle[1] - full * 1.1 - 3],
    right,
  ];
  const lower: Curve = floor.map(([x, y], i) => [x, y + full * [0, 0.8, 1.25, 0.8, 0][i]!] as const);
  const lips =
    manner.shading === 'flat'
      ? ''
      : fill(panelPath(upper, seam), shade(tones.lip, 0.22)) + fill(panelPath(floor, lower), tones.lip);
  const edge =
    manner.ink === 'black'
      ? line(opening, tones.ink, 4)
      : line(openPath(seam), shade(tones.lip, 0.7, '#3a0a18'), 2, 0.7);
  return lips + inner + edge + (manner.shading === 'cel' ? '' : dimples(sitting, left, right));
}
