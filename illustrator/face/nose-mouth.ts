import { darken, lighten, mix, shade } from '../drawing/color.ts';
import { n, openPath, panelPath, type Curve, type Point } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, glow, line } from '../drawing/svg.ts';
import { BLOCK } from './block-eye.ts';

export function drawNose(sitting: Sitting): string {
  const { head, palette, person, manner, defs, turned } = sitting;
  const x = turned(31);
  const y = head.noseY;
  const side = person.turn >= 0 ? 1 : -1;
  const ink = manner.ink === 'black' ? palette.ink : palette.skinDeep;
  if (manner.blocks) return line(`M${n(x - BLOCK / 2)} ${n(y)}h${n(BLOCK)}`, palette.skinShade, BLOCK);
  if (manner.eyes === 'anime') {
    return line(
      openPath([
        [x - side * 2, y - 9],
        [x + side * 5, y],
        [x - side * 3, y + 2],
      ]),
      inkFor(sitting, palette.skin),
      3,
      0.75,
    );
  }
  const wide = 15 + person.face.noseWidth * 2.5 + (1 - person.feminine) * 3;
  if (manner.eyes === 'dot') {
    return fill(
      panelPath(
        [
          [x - side * 4, y - 34],
          [x + side * 13, y],
        ],
        [
          [x - side * 4, y - 34],
          [x - side * 10, y + 3],
        ],
      ),
      palette.skinShade,
      0.75,
    );
  }
  if (manner.shading === 'flat') {
    return (
      ellipse({ x, y: y - 6, rx: 19, ry: 17 }, lighten(palette.skin, 0.06)) +
      ellipse(
        { x, y: y - 6, rx: 19, ry: 17 },
        defs.radial(
          [
            [0, palette.skinLight, 0.35],
            [0.6, palette.skin, 0],
            [1, palette.skinShade, 0.9],
          ],
          0.4,
          0.35,
          0.7,
        ),
      )
    );
  }
  if (manner.shading === 'cel') {
    const bridge = openPath([
      [x - side * 8 - turned(8), head.eyeY + 8],
      [x - side * 4, y - 26],
      [x + side * 9, y - 5],
      [x + side * 3, y + 6],
    ]);
    return (
      line(bridge, ink, manner.ink === 'black' ? 4.4 : 2.6, 0.9) +
      line(
        openPath([
          [x - wide, y + 1],
          [x - wide + 5, y + 7],
          [x - 4, y + 6],
        ]),
        ink,
        manner.ink === 'black' ? 4 : 2.4,
        0.7,
      )
    );
  }
  const film = manner.eyes === 'film';
  const root = turned(15);
  const wing = (s: 1 | -1): string =>
    line(
      openPath([
        [x + s * (wide - 3), y - 11],
        [x + s * (wide + 2), y - 1],
        [x + s * (wide - 4), y + 6],
      ]),
      palette.skinDeep,
      2.4,
      film ? 0.28 : 0.42,
    ) +
    ellipse(
      { x: x + s * wide * 0.5, y: y + 5, rx: 5.4, ry: 2.6, rotate: s * -14 },
      darken(palette.skinDeep, 0.35),
      film ? 0.4 : 0.58,
    );
  return (
    // shaded flank, light on the ridge, ball and the shadow it casts on the lip
    glow(defs, { x: x + 15, y: y - 30, rx: 20, ry: 44, rotate: -8 }, palette.skinShade, 0.75) +
    glow(defs, { x: root + 18, y: head.eyeY - 12, rx: 15, ry: 30 }, palette.skinShade, 0.6) +
    glow(
      defs,
      { x: (x + root) / 2 - 3, y: y - 38, rx: 9, ry: 44, rotate: person.turn * -14 },
      palette.skinLight,
      0.55,
    ) +
    glow(defs, { x: x + 2, y: y + 13, rx: wide + 12, ry: 11 }, palette.skinDeep, 0.42) +
    glow(defs, { x, y: y - 8, rx: wide + 3, ry: 15 }, mix(palette.skin, palette.blush, 0.35), 0.7) +
    wing(-1) +
    wing(1) +
    line(
      openPath([
        [x - 6, y + 8],
        [x, y + 10],
        [x + 6, y + 8],
      ]),
      palette.skinDeep,
      2.2,
      0.35,
    ) +
    glow(defs, { x: x - 4, y: y - 11, rx: film ? 11 : 9, ry: film ? 8 : 7 }, '#ffffff', film ? 0.6 : 0.42)
  );
}

/** Corners of the mouth lift and how far it opens, by expression. */
const MOUTHS = {
  gentle: { lift: 9, open: 0, width: 1.02 },
  smile: { lift: 12, open: 0, width: 1.1 },
  grin: { lift: 14, open: 21, width: 1.2 },
  smirk: { lift: 8, open: 0, width: 1.02 },
  calm: { lift: 4, open: 0, width: 0.98 },
} as const;

export function drawMouth(sitting: Sitting): string {
  const { head, person, manner, turned } = sitting;
  const mood = MOUTHS[person.expression];
  const x = turned(25);
  const y = head.mouthY;
  const base = manner.eyes === 'anime' ? 20 : manner.eyes === 'dot' ? 27 : manner.eyes === 'film' ? 39 : 37;
  const half = (base + person.face.mouth * 3 + (1 - person.feminine) * 3) * mood.width;
  const smirk = person.expression === 'smirk' ? 5 * Math.sign(person.turn) : 0;
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
  if (manner.blocks) return blockMouth(sitting, x, y, mood.open > 0);
  if (mood.open > 0) return openMouth(sitting, seam, mood.open * (manner.eyes === 'anime' ? 1 : 1));
  if (manner.eyes === 'anime' || manner.eyes === 'dot') {
    const ink = manner.eyes === 'dot' ? palette(sitting).skinDeep : inkFor(sitting, palette(sitting).skin);
    return (
      line(openPath(seam), ink, manner.eyes === 'dot' ? 5.6 : 3.6) +
      (manner.eyes === 'anime' ? line(`M${n(x - 7)} ${n(y + 12)}q7 3 14 0`, ink, 2.4, 0.35) : '')
    );
  }
  return closedLips(sitting, seam, half);
}

const palette = (sitting: Sitting): Sitting['palette'] => sitting.palette;

/** Three blocks and two raised corners. */
function blockMouth({ palette: tones }: Sitting, x: number, y: number, open: boolean): string {
  const ink = shade(tones.skin, 0.9, '#4a0a18');
  const corners = [-2, 2].map((s) => line(`M${n(x + s * BLOCK)} ${n(y - BLOCK)}v.1`, ink, BLOCK)).join('');
  const seam = line(`M${n(x - BLOCK)} ${n(y)}h${n(2 * BLOCK)}`, open ? '#ffffff' : ink, BLOCK);
  return corners + seam + (open ? line(`M${n(x - BLOCK)} ${n(y + BLOCK)}h${n(2 * BLOCK)}`, ink, BLOCK) : '');
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
    return line(openPath(seam), shade(tones.skin, 0.75, '#5a1020'), 6.4) + dimples(sitting, left, right);
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
