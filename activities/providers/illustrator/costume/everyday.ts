import { lighten, mix, shade, type Colour } from '../drawing/colour.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { lapels, shirtCollar } from './tailored.ts';

/** A body in cloth with an opening at the neck; `drop` is how deep the neckline hangs. */
function garment(sitting: Sitting, colour: Colour, drop: number, grow = 4): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const shape = torsoCurve(sitting, grow);
  const middle = shape.length / 2;
  const opening: Curve = [
    [-neck - 14, y - 12],
    [-neck * 0.7, y + drop * 0.72],
    [0, y + drop],
    [neck * 0.7, y + drop * 0.72],
    [neck + 14, y - 12],
  ];
  const curve = [...shape.slice(0, middle - 1), ...opening, ...shape.slice(middle + 1)];
  return cloth(sitting, curve, colour) + torsoShading(sitting, colour, curve);
}

function neckband(sitting: Sitting, colour: Colour, drop: number, width: number): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const d = openPath([
    [-neck - 14, y - 12],
    [-neck * 0.7, y + drop * 0.72],
    [0, y + drop],
    [neck * 0.7, y + drop * 0.72],
    [neck + 14, y - 12],
  ]);
  return line(d, shade(colour, 0.5), width + 4) + line(d, lighten(colour, 0.1), width);
}

export const tee = (sitting: Sitting, colour: Colour): Dress => ({
  torso: garment(sitting, colour, 46) + neckband(sitting, colour, 46, 12),
});

export function knit(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const roll: Curve = [
    [-neck - 10, y - 62],
    [0, y - 44],
    [neck + 10, y - 62],
    [neck + 26, y + 4],
    [neck * 0.6, y + 40],
    [0, y + 50],
    [-neck * 0.6, y + 40],
    [-neck - 26, y + 4],
  ];
  const torso = torsoCurve(sitting, 6);
  const ribs = repeat(25, (i) => {
    const x = (i - 12) * 26;
    return line(
      openPath([
        [x * 0.7, y + 20],
        [x, y + 160],
        [x * 1.02, y + 1300],
      ]),
      shade(colour, 0.6),
      3.4,
      0.24,
    );
  });
  const rollRibs = repeat(11, (i) =>
    line(
      `M${n((i - 5) * neck * 0.2)} ${n(y - 50)}L${n((i - 5) * neck * 0.23)} ${n(y + 36)}`,
      shade(colour, 0.65),
      3,
      0.3,
    ),
  );
  const { defs } = sitting;
  return {
    torso:
      cloth(sitting, torso, colour) +
      clipped(ribs, defs.clip(closedPath(torso))) +
      torsoShading(sitting, colour) +
      cloth(sitting, roll, lighten(colour, 0.06)) +
      clipped(rollRibs, defs.clip(closedPath(roll))),
  };
}

export function shirt(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const buttons = [90, 180, 270, 380, 500]
    .map((dy) => ellipse({ x: 0, y: y + dy, rx: 5.5, ry: 5.5 }, shade(colour, 0.5)))
    .join('');
  return {
    torso:
      garment(sitting, colour, 56) +
      line(`M0 ${n(y + 56)}V${n(y + 1300)}`, shade(colour, 0.6), 3, 0.5) +
      buttons +
      shirtCollar(sitting, lighten(colour, 0.12), k),
  };
}

export function hoodie(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const wide = neck + 72;
  const back: Curve = [
    [-wide, y + 20],
    [-wide + 14, y - 64],
    [0, y - 96],
    [wide - 14, y - 64],
    [wide, y + 20],
    [0, y + 70],
  ];
  const flap = (s: 1 | -1): Curve => [
    [s * (neck - 4), y - 58],
    [s * (neck + 46), y - 62],
    [s * wide, y - 2],
    [s * (neck + 30), y + 64],
    [s * 18, y + 96],
    [s * 6, y + 60],
    [s * neck * 0.8, y + 20],
  ];
  const cords = [-1, 1]
    .map(
      (s) =>
        line(
          openPath([
            [s * 30, y + 84],
            [s * 34, y + 150],
            [s * 28, y + 206],
          ]),
          '#f0ece2',
          6,
        ) + line(`M${n(s * 28)} ${n(y + 206)}v16`, '#c9c2b0', 9),
    )
    .join('');
  return {
    behind: cloth(sitting, back, shade(colour, 0.35)),
    torso:
      garment(sitting, colour, 56, 8) +
      cloth(sitting, flap(-1), lighten(colour, 0.1)) +
      cloth(sitting, flap(1), lighten(colour, 0.02)) +
      cords,
  };
}

export function apron(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const bib: Curve = [
    [-104 * k, y + 128],
    [0, y + 136],
    [104 * k, y + 128],
    [122 * k, y + 420],
    [130 * k, y + 1300],
    [-130 * k, y + 1300],
    [-122 * k, y + 420],
  ];
  const straps = [-1, 1]
    .map((s) =>
      line(
        openPath([
          [s * 92 * k, y + 134],
          [s * 88 * k, y + 60],
          [s * 78 * k, y + 10],
        ]),
        shade(colour, 0.1),
        20,
      ),
    )
    .join('');
  const under = mix('#f2ece0', colour, 0.12);
  return {
    torso:
      garment(sitting, under, 50) +
      neckband(sitting, under, 50, 10) +
      straps +
      cloth(sitting, bib, colour) +
      line(
        openPath([
          [-60 * k, y + 300],
          [0, y + 308],
          [60 * k, y + 300],
        ]),
        shade(colour, 0.6),
        4,
        0.6,
      ),
  };
}

export function dress(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const beads = repeat(9, (i) => {
    const t = (i / 8) * 2 - 1;
    return ellipse({ x: t * (neck + 6), y: y + 36 - t * t * 46, rx: 6.5, ry: 6.5 }, '#f3ead6');
  });
  return { torso: garment(sitting, colour, 112) + neckband(sitting, colour, 112, 7) + beads };
}

export function scarf(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const wool = '#c0604a';
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
  const stripes = [150, 200, 280]
    .map((dy) => line(`M${n(38)} ${n(y + dy)}l${n(70)} 2`, lighten(wool, 0.45), 10, 0.8))
    .join('');
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
  const coat = lapels(sitting, colour, shoulder / 210);
  return {
    torso:
      garment(sitting, colour, 60, 8) +
      coat +
      cloth(sitting, end, shade(wool, 0.14)) +
      clipped(stripes, sitting.defs.clip(closedPath(end))) +
      cloth(sitting, wrap, wool) +
      folds,
  };
}

export function jacket(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const under = '#d9d4c8';
  const collar: Curve = [
    [neck + 4, y - 46],
    [neck + 34, y - 40],
    [110 * k, y + 60],
    [70 * k, y + 90],
    [44 * k, y + 50],
    [neck - 6, y + 6],
  ];
  const zip =
    line(
      openPath([
        [48 * k, y + 60],
        [22 * k, y + 240],
        [20 * k, y + 1300],
      ]),
      '#c9ccd2',
      6,
    ) +
    line(
      openPath([
        [-48 * k, y + 60],
        [-22 * k, y + 240],
        [-20 * k, y + 1300],
      ]),
      '#c9ccd2',
      6,
    );
  const front: Curve = [
    [-58 * k, y - 4],
    [0, y + 44],
    [58 * k, y - 4],
    [46 * k, y + 90],
    [20 * k, y + 260],
    [20 * k, y + 1300],
    [-20 * k, y + 1300],
    [-20 * k, y + 260],
    [-46 * k, y + 90],
  ];
  return {
    torso:
      garment(sitting, colour, 40, 9) +
      cloth(sitting, front, under) +
      neckband(sitting, under, 44, 9) +
      zip +
      cloth(sitting, mirrored(collar), lighten(colour, 0.14)) +
      cloth(sitting, collar, lighten(colour, 0.06)),
  };
}
