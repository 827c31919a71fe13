import { lighten, mix, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, neckband } from './garment.ts';
import { patternOn } from './pattern.ts';
import { shirtCollar } from './tailored.ts';

export const tee = (sitting: Sitting, color: Color): Dress => ({
  torso: garment(sitting, color, 46) + neckband(sitting, color, 46, 12),
});

export function turtleneck(sitting: Sitting, color: Color): Dress {
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
      shade(color, 0.6),
      3.4,
      0.24,
    );
  });
  const rollRibs = repeat(11, (i) =>
    line(
      `M${n((i - 5) * neck * 0.2)} ${n(y - 50)}L${n((i - 5) * neck * 0.23)} ${n(y + 36)}`,
      shade(color, 0.65),
      3,
      0.3,
    ),
  );
  const { defs } = sitting;
  return {
    torso:
      cloth(sitting, torso, color) +
      patternOn(sitting, color, torso) +
      clipped(ribs, defs.clip(closedPath(torso))) +
      torsoShading(sitting, color) +
      cloth(sitting, roll, lighten(color, 0.06)) +
      clipped(rollRibs, defs.clip(closedPath(roll))),
  };
}

export function shirt(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const buttons = [90, 180, 270, 380, 500]
    .map((dy) => ellipse({ x: 0, y: y + dy, rx: 5.5, ry: 5.5 }, shade(color, 0.5)))
    .join('');
  return {
    torso:
      garment(sitting, color, 56) +
      line(`M0 ${n(y + 56)}V${n(y + 1300)}`, shade(color, 0.6), 3, 0.5) +
      buttons +
      shirtCollar(sitting, lighten(color, 0.12), k),
  };
}

export function apron(sitting: Sitting, color: Color): Dress {
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
        shade(color, 0.1),
        20,
      ),
    )
    .join('');
  const under = sitting.person.under ?? mix('#f2ece0', color, 0.12);
  return {
    torso:
      garment(sitting, under, 50) +
      neckband(sitting, under, 50, 10) +
      straps +
      cloth(sitting, bib, color) +
      patternOn(sitting, color, bib) +
      line(
        openPath([
          [-60 * k, y + 300],
          [0, y + 308],
          [60 * k, y + 300],
        ]),
        shade(color, 0.6),
        4,
        0.6,
      ),
  };
}

export function dress(sitting: Sitting, color: Color): Dress {
  return { torso: garment(sitting, color, 112) + neckband(sitting, color, 112, 7) };
}
