import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment } from './garment.ts';
import { GOLD } from './gold.ts';
import { drawTie, lapels, shirtCollar } from './tailored.ts';

/** Wool coat with wide lapels over a sweater or shirt. */
export function overcoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const under = sitting.person.under ?? '#ebe5d8';
  const front: Curve = [
    [-neck - 6, y - 40],
    [neck + 6, y - 40],
    [62 * k, y + 90],
    [0, y + 340],
    [-62 * k, y + 90],
  ];
  const { tie } = sitting.person.worn;
  return {
    torso:
      garment(sitting, color, 60, 14) +
      cloth(sitting, front, under) +
      (tie === undefined ? '' : drawTie(sitting, tie)) +
      shirtCollar(sitting, lighten(under, 0.2), k) +
      lapels(sitting, color, k * 1.16) +
      [400, 520].map((dy) => ellipse({ x: -46 * k, y: y + dy, rx: 12, ry: 12 }, shade(color, 0.85))).join(''),
  };
}

/** Buttoned tunic with epaulettes: police, post, army, bridge. */
export function uniform(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const shirt = sitting.person.under ?? '#eef0f2';
  const { tie } = sitting.person.worn;
  const epaulette = (s: 1 | -1): string =>
    cloth(
      sitting,
      [
        [s * 104 * k, y + 22],
        [s * 206 * k, y + 56],
        [s * 212 * k, y + 84],
        [s * 108 * k, y + 52],
      ],
      darken(color, 0.35),
      { fine: true },
    ) +
    line(`M${n(s * 184 * k)} ${n(y + 54)}L${n(s * 190 * k)} ${n(y + 76)}`, GOLD, 7) +
    line(`M${n(s * 168 * k)} ${n(y + 50)}L${n(s * 172 * k)} ${n(y + 70)}`, GOLD, 7);
  const pocket = (s: 1 | -1): string =>
    line(
      `M${n(s * 58 * k)} ${n(y + 244)}h${n(s * 88 * k)}v26l${n(s * -44 * k)} 16l${n(s * -44 * k)} -16Z`,
      shade(color, 0.85),
      4,
      0.8,
    ) + ellipse({ x: s * 102 * k, y: y + 272, rx: 6, ry: 6 }, GOLD);
  const buttons = [190, 290, 390, 500].map((dy) => ellipse({ x: 0, y: y + dy, rx: 10, ry: 10 }, GOLD)).join('');
  const badge = fill(`M${n(94 * k)} ${n(y + 168)}l10 12l16 2l-12 12l3 17l-17 -8l-17 8l3 -17l-12 -12l16 -2Z`, GOLD);
  const front: Curve = [
    [-neck - 4, y - 30],
    [neck + 4, y - 30],
    [44 * k, y + 50],
    [0, y + 150],
    [-44 * k, y + 50],
  ];
  const revere = (s: 1 | -1): Curve => [
    [s * (neck + 8), y - 32],
    [s * (neck + 38), y + 2],
    [s * 92 * k, y + 70],
    [s * 60 * k, y + 84],
    [s * 2, y + 166],
    [s * 34 * k, y + 60],
  ];
  return {
    torso:
      garment(sitting, color, 60, 10) +
      cloth(sitting, front, shirt) +
      (tie === undefined ? '' : drawTie(sitting, tie, 150)) +
      shirtCollar(sitting, shirt, k) +
      cloth(sitting, revere(-1), lighten(color, 0.1)) +
      cloth(sitting, revere(1), lighten(color, 0.05)) +
      line(`M0 ${n(y + 160)}V${n(y + 1300)}`, shade(color, 0.8), 4, 0.6) +
      pocket(-1) +
      pocket(1) +
      buttons +
      badge +
      epaulette(-1) +
      epaulette(1),
  };
}

/** Long coat with braid, open over a frilled shirt. */
export function frockcoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const shirt = sitting.person.under ?? '#f2ecdd';
  const edge = (s: 1 | -1): Curve => [
    [s * (neck + 10), y - 30],
    [s * 96 * k, y + 110],
    [s * 66 * k, y + 330],
    [s * 70 * k, y + 1300],
  ];
  const front: Curve = [
    [-neck - 6, y - 34],
    [neck + 6, y - 34],
    ...edge(1).slice(1),
    ...edge(-1).slice(1).toReversed(),
  ];
  const braid = ([-1, 1] as const)
    .map(
      (s) =>
        line(openPath(edge(s)), GOLD, 15) +
        repeat(
          4,
          (i) =>
            line(`M${n(s * 84 * k)} ${n(y + 190 + i * 90)}h${n(s * 62 * k)}`, GOLD, 8) +
            ellipse({ x: s * 152 * k, y: y + 190 + i * 90, rx: 10, ry: 10 }, GOLD),
        ),
    )
    .join('');
  const jabot = repeat(4, (i) =>
    cloth(
      sitting,
      [
        [-16 - i * 9, y + 26 + i * 42],
        [0, y + 16 + i * 42],
        [16 + i * 9, y + 26 + i * 42],
        [26 + i * 8, y + 74 + i * 42],
        [0, y + 62 + i * 42],
        [-26 - i * 8, y + 74 + i * 42],
      ],
      i % 2 ? '#fbf8f0' : '#efe8d8',
      { fine: true },
    ),
  );
  const collar: Curve = [
    [neck + 2, y - 60],
    [neck + 44, y - 48],
    [neck + 66, y + 20],
    [90 * k, y + 96],
    [neck + 6, y - 10],
  ];
  return {
    torso:
      garment(sitting, color, 60, 12) +
      cloth(sitting, front, shirt) +
      line(`M0 ${n(y + 60)}V${n(y + 1300)}`, shade(shirt, 0.5), 3, 0.5) +
      jabot +
      braid +
      cloth(sitting, mirrored(collar), lighten(color, 0.1)) +
      cloth(sitting, collar, lighten(color, 0.04)),
  };
}

/** Black gown, white bands at the neck. */
export function judicial(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const yoke = (s: 1 | -1): Curve => [
    [s * (neck + 4), y - 30],
    [s * (neck + 60), y],
    [s * 126 * k, y + 140],
    [s * 96 * k, y + 420],
    [s * 96 * k, y + 1300],
    [s * 30 * k, y + 1300],
    [s * 30 * k, y + 260],
  ];
  const band = (s: 1 | -1): string =>
    cloth(
      sitting,
      `M${n(s * 2)} ${n(y + 26)}L${n(s * 26)} ${n(y + 20)}L${n(s * 44)} ${n(y + 170)}L${n(s * 8)} ${n(y + 176)}Z`,
      '#f8f6f0',
      { fine: true },
    );
  const collar = cloth(
    sitting,
    [
      [-neck - 2, y - 46],
      [0, y - 24],
      [neck + 2, y - 46],
      [neck + 8, y],
      [0, y + 34],
      [-neck - 8, y],
    ],
    '#f8f6f0',
  );
  return {
    torso:
      garment(sitting, color, 50, 18) +
      cloth(sitting, yoke(-1), lighten(color, 0.1)) +
      cloth(sitting, yoke(1), lighten(color, 0.06)) +
      collar +
      band(-1) +
      band(1),
  };
}

/** Priest's black with the white tab. */
export function cassock(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const ring: Curve = [
    [-neck - 4, y - 52],
    [0, y - 32],
    [neck + 4, y - 52],
    [neck + 12, y + 4],
    [0, y + 34],
    [-neck - 12, y + 4],
  ];
  const buttons = repeat(9, (i) => ellipse({ x: 0, y: y + 70 + i * 58, rx: 7, ry: 7 }, lighten(color, 0.2)));
  return {
    torso:
      garment(sitting, color, 30, 8) +
      cloth(sitting, ring, color) +
      fill(
        `M-24 ${n(y - 32)}Q0 ${n(y - 26)} 24 ${n(y - 32)}L22 ${n(y + 24)}Q0 ${n(y + 32)} -22 ${n(y + 24)}Z`,
        '#fbfaf6',
      ) +
      line(`M0 ${n(y + 40)}V${n(y + 1300)}`, darken(color, 0.4), 4, 0.8) +
      buttons,
  };
}

/** Velvet mantle with an ermine collar. */
export function royal(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const fur: Curve = [
    [-neck - 8, y - 40],
    [0, y - 8],
    [neck + 8, y - 40],
    [150 * k, y + 18],
    [236 * k, y + 96],
    [196 * k, y + 190],
    [70 * k, y + 236],
    [0, y + 252],
    [-70 * k, y + 236],
    [-196 * k, y + 190],
    [-236 * k, y + 96],
    [-150 * k, y + 18],
  ];
  const tails = repeat(17, (i) => {
    const t = (i - 8) / 8;
    const row = i % 2;
    return line(`M${n(t * 196 * k)} ${n(y + 70 + row * 74 + (1 - t * t) * 50)}l${n(t * 5)} 22`, '#2a2628', 9);
  });
  return {
    torso:
      garment(sitting, color, 40, 20) +
      line(`M0 ${n(y + 240)}V${n(y + 1300)}`, GOLD, 16) +
      cloth(sitting, fur, '#f5f1e8') +
      tails +
      line(
        openPath([
          [-120 * k, y + 30],
          [-60 * k, y + 150],
          [0, y + 186],
          [60 * k, y + 150],
          [120 * k, y + 30],
        ]),
        GOLD,
        11,
      ) +
      ellipse({ x: 0, y: y + 206, rx: 26, ry: 28 }, GOLD) +
      ellipse({ x: 0, y: y + 206, rx: 15, ry: 17 }, '#a8262f'),
  };
}
