import { darken, lighten, mix, shade, type Colour } from '../drawing/colour.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, glow, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

const GOLD: Colour = '#d0a23f';

export function robe(sitting: Sitting, colour: Colour, lining: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const torso = torsoCurve(sitting, 16);
  const random = sitting.random('robe stars');
  const star = (x: number, sy: number, r: number): string =>
    fill(
      `M${n(x)} ${n(sy - r)}L${n(x + r * 0.24)} ${n(sy - r * 0.24)}L${n(x + r)} ${n(sy)}L${n(x + r * 0.24)} ${n(sy + r * 0.24)}L${n(x)} ${n(sy + r)}L${n(x - r * 0.24)} ${n(sy + r * 0.24)}L${n(x - r)} ${n(sy)}L${n(x - r * 0.24)} ${n(sy - r * 0.24)}Z`,
      '#f4e3a8',
      0.9,
    );
  const stars = repeat(44, () => star(random.between(-320, 320), y + random.between(40, 760), random.between(4, 11)));
  const stole = (s: 1 | -1): Curve => [
    [s * (neck + 2), y - 40],
    [s * (neck + 50), y - 10],
    [s * 108 * k, y + 120],
    [s * 84 * k, y + 400],
    [s * 84 * k, y + 1300],
    [s * 18 * k, y + 1300],
    [s * 18 * k, y + 330],
    [s * 40 * k, y + 90],
  ];
  const trim = [-1, 1]
    .map(
      (s) =>
        cloth(sitting, stole(s as 1 | -1), lighten(colour, 0.14)) +
        line(
          openPath([
            [s * (neck + 50), y - 10],
            [s * 108 * k, y + 120],
            [s * 84 * k, y + 400],
            [s * 84 * k, y + 1300],
          ]),
          GOLD,
          8,
        ) +
        line(
          openPath([
            [s * (neck + 2), y - 40],
            [s * 40 * k, y + 90],
            [s * 18 * k, y + 330],
            [s * 18 * k, y + 1300],
          ]),
          GOLD,
          8,
        ),
    )
    .join('');
  const brooch =
    ellipse({ x: 0, y: y + 214, rx: 24, ry: 28 }, GOLD) +
    ellipse({ x: 0, y: y + 214, rx: 15, ry: 19 }, '#3f8fd0') +
    ellipse({ x: -5, y: y + 206, rx: 5, ry: 6 }, '#e8f6ff');
  return {
    torso:
      cloth(sitting, torso, colour) +
      clipped(stars, sitting.defs.clip(closedPath(torso))) +
      torsoShading(sitting, colour) +
      cloth(
        sitting,
        [
          [-neck - 4, y - 20],
          [neck + 4, y - 20],
          [30, y + 200],
          [-30, y + 200],
        ],
        shade(lining, 0.4),
      ) +
      trim +
      brooch,
  };
}

export function cloak(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const drape = (s: 1 | -1): Curve => [
    [s * (neck - 2), y - 34],
    [s * (neck + 70), y - 36],
    [s * 190 * k, y + 26],
    [s * 262 * k, y + 130],
    [s * 300 * k, y + 420],
    [s * 300 * k, y + 1300],
    [s * 90 * k, y + 1300],
    [s * 60 * k, y + 420],
    [s * 30, y + 110],
    [s * 8, y + 66],
  ];
  const folds = (s: 1 | -1): string =>
    [0.42, 0.66, 0.86]
      .map((t) =>
        line(
          openPath([
            [s * 90 * k * t + s * 16, y + 40],
            [s * 170 * k * t + s * 20, y + 200],
            [s * 190 * k * t + s * 20, y + 1200],
          ]),
          shade(colour, 0.8),
          5,
          0.35,
        ),
      )
      .join('');
  const leather = '#5b4230';
  const clasp =
    ellipse({ x: 0, y: y + 84, rx: 23, ry: 23 }, shade(GOLD, 0.3)) +
    ellipse({ x: 0, y: y + 84, rx: 18, ry: 18 }, GOLD) +
    line(
      `M0 ${n(y + 74)}C10 ${n(y + 80)} 8 ${n(y + 92)} 0 ${n(y + 96)}C-8 ${n(y + 92)} -10 ${n(y + 80)} 0 ${n(y + 74)}Z`,
      shade(GOLD, 0.7),
      3,
    );
  const laces = [130, 170, 210]
    .map((dy) =>
      line(`M-22 ${n(y + dy)}L22 ${n(y + dy + 24)}M22 ${n(y + dy)}L-22 ${n(y + dy + 24)}`, '#d8c39a', 4, 0.8),
    )
    .join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 4), leather) +
      torsoShading(sitting, leather) +
      laces +
      cloth(sitting, drape(-1), lighten(colour, 0.06)) +
      cloth(sitting, drape(1), colour) +
      folds(-1) +
      folds(1) +
      clasp,
  };
}

export function armour(sitting: Sitting, steel: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const metal =
    sitting.manner.shading === 'soft'
      ? sitting.defs.linear(
          [
            [0, lighten(steel, 0.6)],
            [0.24, steel],
            [0.42, lighten(steel, 0.5)],
            [0.66, shade(steel, 0.4, '#20304a')],
            [1, shade(steel, 0.75, '#20304a')],
          ],
          0,
          0,
          0.8,
          1,
        )
      : steel;
  const plate = (curve: Curve): string => {
    const d = closedPath(curve);
    return (
      fill(d, metal) +
      line(d, sitting.manner.lineWidth ? '#2a2c38' : shade(steel, 0.8, '#20304a'), sitting.manner.lineWidth || 3.4, 0.9)
    );
  };
  const pauldron = (s: 1 | -1): string =>
    [2, 1, 0]
      .map((i) =>
        plate([
          [s * 116 * k, y + 34 + i * 30],
          [s * 190 * k, y + 6 + i * 34],
          [s * 262 * k, y + 56 + i * 42],
          [s * 290 * k, y + 140 + i * 46],
          [s * 236 * k, y + 158 + i * 46],
          [s * 170 * k, y + 110 + i * 36],
        ]),
      )
      .join('') +
    line(
      openPath([
        [s * 122 * k, y + 40],
        [s * 190 * k, y + 16],
        [s * 254 * k, y + 62],
        [s * 280 * k, y + 136],
      ]),
      GOLD,
      7,
      0.95,
    );
  const breast: Curve = [
    [-150 * k, y + 60],
    [0, y + 36],
    [150 * k, y + 60],
    [176 * k, y + 240],
    [150 * k, y + 480],
    [150 * k, y + 1300],
    [-150 * k, y + 1300],
    [-150 * k, y + 480],
    [-176 * k, y + 240],
  ];
  const gorget: Curve = [
    [-neck - 14, y - 58],
    [0, y - 40],
    [neck + 14, y - 58],
    [neck + 44, y + 8],
    [96 * k, y + 56],
    [0, y + 96],
    [-96 * k, y + 56],
    [-neck - 44, y + 8],
  ];
  const emblem =
    fill(
      `M0 ${n(y + 150)}L16 ${n(y + 196)}L60 ${n(y + 206)}L16 ${n(y + 220)}L0 ${n(y + 300)}L-16 ${n(y + 220)}L-60 ${n(y + 206)}L-16 ${n(y + 196)}Z`,
      GOLD,
    ) + fill(`M0 ${n(y + 150)}L16 ${n(y + 196)}L0 ${n(y + 300)}Z`, lighten(GOLD, 0.4));
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 6), '#5a6270') +
      plate(breast) +
      emblem +
      pauldron(-1) +
      pauldron(1) +
      plate(gorget) +
      line(
        openPath([
          [-neck - 14, y - 56],
          [0, y - 38],
          [neck + 14, y - 56],
        ]),
        GOLD,
        8,
      ) +
      line(
        openPath([
          [-92 * k, y + 54],
          [0, y + 92],
          [92 * k, y + 54],
        ]),
        GOLD,
        5,
        0.9,
      ),
  };
}

export function gossamer(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const silk = closedPath([
    [-shoulder - 30, y + 140],
    [-150 * k, y + 92],
    [-70 * k, y + 124],
    [0, y + 168],
    [70 * k, y + 124],
    [150 * k, y + 92],
    [shoulder + 30, y + 140],
    [shoulder + 60, y + 400],
    [shoulder + 60, y + 1300],
    [-shoulder - 60, y + 1300],
    [-shoulder - 60, y + 400],
  ]);
  const { palette } = sitting;
  const skin = cloth(sitting, torsoCurve(sitting), palette.skin);
  const shine =
    sitting.manner.shading === 'soft'
      ? glow(sitting.defs, { x: -90 * k, y: y + 170, rx: 120, ry: 60, rotate: 20 }, lighten(colour, 0.6), 0.6)
      : '';
  const leaves = repeat(7, (i) => {
    const t = (i / 6) * 2 - 1;
    const x = t * 150 * k;
    const ly = y + 162 - Math.abs(t) * 66;
    return `<path transform="translate(${n(x)} ${n(ly)}) rotate(${n(t * -40)})" d="M0 -24Q20 0 0 30Q-20 0 0 -24Z" fill="${mix(colour, '#dff2e4', 0.55)}"/>`;
  });
  const gem =
    line(
      openPath([
        [-neck - 4, y - 10],
        [0, y + 56],
        [neck + 4, y - 10],
      ]),
      '#efe6ff',
      3,
      0.9,
    ) + fill(`M0 ${n(y + 52)}L13 ${n(y + 72)}L0 ${n(y + 98)}L-13 ${n(y + 72)}Z`, '#9fe0ff');
  return {
    behind: wings(sitting, colour),
    torso: skin + torsoShading(sitting, palette.skin) + cloth(sitting, silk, colour) + shine + leaves + gem,
  };
}

function wings({ defs, manner }: Sitting, colour: Colour): string {
  const glass = defs.linear(
    [
      [0, '#f6fbff', 0.85],
      [0.5, lighten(colour, 0.5), 0.5],
      [1, '#9fe8ff', 0.35],
    ],
    0,
    0,
    1,
    1,
  );
  const veins = mix('#ffffff', colour, 0.2);
  const upper = (s: 1 | -1): Curve => [
    [s * 40, 250],
    [s * 150, 40],
    [s * 330, -190],
    [s * 440, -230],
    [s * 456, -120],
    [s * 400, 60],
    [s * 250, 230],
  ];
  const lower = (s: 1 | -1): Curve => [
    [s * 40, 270],
    [s * 230, 250],
    [s * 390, 300],
    [s * 420, 400],
    [s * 330, 500],
    [s * 180, 440],
  ];
  return ([-1, 1] as const)
    .map((s) => {
      const vein = [
        [440, -220],
        [450, -110],
        [395, 60],
      ]
        .map(([x = 0, y = 0]) =>
          line(`M${n(s * 50)} 250Q${n(s * x * 0.5)} ${n(y * 0.3 + 90)} ${n(s * x)} ${n(y)}`, veins, 3, 0.7),
        )
        .join('');
      const edge = manner.lineWidth || 3;
      return (
        [lower(s), upper(s)].map((c) => fill(closedPath(c), glass) + line(closedPath(c), veins, edge, 0.85)).join('') +
        vein
      );
    })
    .join('');
}

export function velvet(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const ruffle = repeat(15, (i) => {
    const t = (i / 14) * 2 - 1;
    const x = t * (neck + 34);
    const ry = y + 22 - t * t * 46;
    return (
      ellipse({ x, y: ry, rx: 17, ry: 25, rotate: t * -30 }, '#d8cfbd') +
      ellipse({ x: x - 2, y: ry - 3, rx: 14, ry: 21, rotate: t * -30 }, '#f6f0e2')
    );
  });
  const slashes = [-1, 1]
    .map((s) =>
      repeat(4, (i) =>
        line(
          openPath([
            [s * (196 + i * 16) * k, y + 92 + i * 26],
            [s * (214 + i * 14) * k, y + 150 + i * 30],
            [s * (216 + i * 12) * k, y + 210 + i * 30],
          ]),
          lighten(colour, 0.4),
          8,
          0.55,
        ),
      ),
    )
    .join('');
  const chain =
    line(
      openPath([
        [-120 * k, y + 40],
        [-70 * k, y + 150],
        [0, y + 196],
        [70 * k, y + 150],
        [120 * k, y + 40],
      ]),
      shade(GOLD, 0.3),
      12,
    ) +
    line(
      openPath([
        [-120 * k, y + 40],
        [-70 * k, y + 150],
        [0, y + 196],
        [70 * k, y + 150],
        [120 * k, y + 40],
      ]),
      GOLD,
      8,
    );
  const pendant =
    ellipse({ x: 0, y: y + 218, rx: 26, ry: 26 }, GOLD) +
    ellipse({ x: 0, y: y + 218, rx: 15, ry: 15 }, '#2f7a5a') +
    ellipse({ x: -5, y: y + 212, rx: 5, ry: 5 }, '#d8ffe8');
  const placket =
    line(`M0 ${n(y + 250)}V${n(y + 1300)}`, darken(colour, 0.5), 5) +
    [300, 380, 460, 560].map((dy) => ellipse({ x: 0, y: y + dy, rx: 9, ry: 9 }, GOLD)).join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 20), colour) +
      torsoShading(sitting, colour) +
      slashes +
      placket +
      chain +
      pendant +
      ruffle,
  };
}
