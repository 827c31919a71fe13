import { bodyOf, cloth, neckY } from '../costume/cloth.ts';
import { drawTie } from '../costume/tailored.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line, repeat } from '../drawing/svg.ts';
import type { Accessory, Costume } from '../person/traits.ts';
import { necklace, beads, choker, lei, medals, badge, stethoscope } from './jewelry.ts';

type Draw = (sitting: Sitting, color: Color) => string;

/** These draw a tie under their lapels themselves. */
const OWN_TIE: ReadonlySet<Costume> = new Set(['suit', 'blazer', 'tweed', 'trench', 'tuxedo', 'uniform', 'overcoat']);

/** On chest, neck and shoulders, in drawing order. */
export const NECKWEAR: readonly (readonly [Accessory, Draw])[] = [
  ['suspenders', suspenders],
  ['tie', (sitting, color) => (OWN_TIE.has(sitting.person.costume) ? '' : drawTie(sitting, color))],
  ['sash', sash],
  ['medals', medals],
  ['badge', badge],
  ['stethoscope', stethoscope],
  ['backpack', backpack],
  ['necklace', necklace],
  ['beads', beads],
  ['choker', choker],
  ['lei', lei],
  ['bowtie', bowtie],
  ['neckerchief', neckerchief],
  ['ruff', ruff],
  ['shawl', shawl],
  ['scarf', scarf],
];

const scale = (sitting: Sitting): number => bodyOf(sitting).shoulder / 210;

function scarf(sitting: Sitting, wool: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const wrap: Curve = [
    [-neck - 30, y - 46],
    [0, y - 26],
    [neck + 30, y - 46],
    [neck + 56, y + 4],
    [neck + 34, y + 52],
    [0, y + 74],
    [-neck - 34, y + 52],
    [-neck - 56, y + 4],
  ];
  const end: Curve = [
    [20, y + 40],
    [84, y + 44],
    [104, y + 180],
    [112, y + 330],
    [40, y + 334],
    [34, y + 180],
  ];
  const stripes = [150, 200, 280].map((dy) => line(`M38 ${n(y + dy)}l70 2`, lighten(wool, 0.45), 10, 0.8)).join('');
  const folds =
    line(
      openPath([
        [-neck - 30, y - 8],
        [0, y + 22],
        [neck + 36, y - 8],
      ]),
      shade(wool, 0.6),
      4.5,
      0.6,
    ) +
    line(
      openPath([
        [-neck - 24, y + 24],
        [-10, y + 46],
        [neck + 20, y + 26],
      ]),
      shade(wool, 0.6),
      4,
      0.5,
    );
  return (
    cloth(sitting, end, shade(wool, 0.14)) +
    clipped(stripes, sitting.defs.clip(closedPath(end))) +
    cloth(sitting, wrap, wool) +
    folds
  );
}

function shawl(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const k = scale(sitting);
  const side = (s: 1 | -1): Curve => [
    [s * (neck - 6), y - 44],
    [s * (neck + 40), y - 36],
    [s * 190 * k, y + 34],
    [s * 272 * k, y + 120],
    [s * 286 * k, y + 330],
    [s * 170 * k, y + 320],
    [s * 40 * k, y + 330],
    [s * -34 * k, y + 300],
    [s * 24 * k, y + 120],
  ];
  const fringe = (s: 1 | -1): string =>
    repeat(16, (i) =>
      line(`M${n(s * (276 - i * 18) * k)} ${n(y + 322 + (i % 2) * 4)}l${n(s * 2)} 30`, shade(color, 0.2), 5),
    );
  const folds = (s: 1 | -1): string =>
    [0.3, 0.6, 0.85]
      .map((t) =>
        line(
          openPath([
            [s * (neck + 30 * t), y - 20],
            [s * 170 * k * t, y + 110],
            [s * 190 * k * t, y + 310],
          ]),
          shade(color, 0.7),
          4.5,
          0.42,
        ),
      )
      .join('');
  return (
    fringe(-1) +
    fringe(1) +
    cloth(sitting, side(-1), lighten(color, 0.08)) +
    folds(-1) +
    cloth(sitting, side(1), color) +
    folds(1) +
    ellipse({ x: 0, y: y + 150, rx: 16, ry: 16 }, '#d0a23f')
  );
}

function neckerchief(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const band: Curve = [
    [-neck - 16, y - 44],
    [0, y - 16],
    [neck + 16, y - 44],
    [neck + 24, y + 2],
    [0, y + 56],
    [-neck - 24, y + 2],
  ];
  const end = (s: 1 | -1): Curve => [
    [0, y + 34],
    [s * 40, y + 60],
    [s * 62, y + 150],
    [s * 12, y + 118],
  ];
  return (
    cloth(sitting, end(-1), shade(color, 0.16), { fine: true }) +
    cloth(sitting, end(1), shade(color, 0.08), { fine: true }) +
    cloth(sitting, band, color) +
    ellipse({ x: 0, y: y + 42, rx: 19, ry: 17 }, lighten(color, 0.16)) +
    [-40, -14, 14, 40].map((x) => ellipse({ x, y: y - 4 + Math.abs(x) * -0.3, rx: 5, ry: 5 }, '#f6f1e6', 0.85)).join('')
  );
}

function bowtie(sitting: Sitting, color: Color): string {
  const y = neckY(sitting) + 34;
  const wing = (s: 1 | -1): Curve => [
    [s * 8, y - 10],
    [s * 62, y - 36],
    [s * 74, y],
    [s * 62, y + 36],
    [s * 8, y + 10],
  ];
  return (
    cloth(sitting, wing(-1), lighten(color, 0.08), { fine: true }) +
    cloth(sitting, wing(1), color, { fine: true }) +
    line(`M-26 ${n(y)}l-26 -6M26 ${n(y)}l26 -6`, lighten(color, 0.4), 4, 0.5) +
    cloth(
      sitting,
      [
        [-15, y - 17],
        [15, y - 17],
        [15, y + 17],
        [-15, y + 17],
      ],
      darken(color, 0.15),
      { fine: true },
    )
  );
}

function ruff(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  return repeat(17, (i) => {
    const t = (i / 16) * 2 - 1;
    const x = t * (neck + 52);
    const ry = y + 22 - t * t * 50;
    return (
      ellipse({ x, y: ry, rx: 19, ry: 33, rotate: t * -30 }, shade(color, 0.22)) +
      ellipse({ x: x - 2, y: ry - 3, rx: 15, ry: 28, rotate: t * -30 }, color)
    );
  });
}

function suspenders(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const k = scale(sitting);
  return ([-1, 1] as const)
    .map(
      (s) =>
        line(
          openPath([
            [s * 92 * k, y + 26],
            [s * 84 * k, y + 200],
            [s * 72 * k, y + 1300],
          ]),
          color,
          26,
        ) + line(`M${n(s * 83 * k - 16)} ${n(y + 166)}h32`, '#c9a44a', 10),
    )
    .join('');
}

function backpack(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const k = scale(sitting);
  return ([-1, 1] as const)
    .map(
      (s) =>
        line(
          openPath([
            [s * 120 * k, y + 22],
            [s * 134 * k, y + 140],
            [s * 150 * k, y + 420],
          ]),
          darken(color, 0.4),
          44,
        ) +
        line(
          openPath([
            [s * 120 * k, y + 22],
            [s * 134 * k, y + 140],
            [s * 150 * k, y + 420],
          ]),
          color,
          34,
        ) +
        line(`M${n(s * 134 * k - 22)} ${n(y + 190)}h44`, '#2b2a2f', 12),
    )
    .join('');
}

function sash(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const k = scale(sitting);
  const band: Curve = [
    [96 * k, y + 16],
    [150 * k, y + 30],
    [20 * k, y + 330],
    [-200 * k, y + 640],
    [-230 * k, y + 560],
    [-40 * k, y + 280],
  ];
  return (
    cloth(sitting, band, color) +
    line(
      openPath([
        [102 * k, y + 22],
        [-30 * k, y + 286],
        [-222 * k, y + 572],
      ]),
      '#d0a23f',
      6,
    )
  );
}
