import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, garmentCurve, neckband } from './garment.ts';
import { patternOn } from './pattern.ts';
import { shirtCollar } from './tailored.ts';

const SILVER: Color = '#dfe4e6';

export function raincoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const wide = neck + 78;
  const back: Curve = [
    [-wide, y + 20],
    [-wide + 12, y - 60],
    [0, y - 84],
    [wide - 12, y - 60],
    [wide, y + 20],
    [0, y + 60],
  ];
  const flap = (s: 1 | -1): Curve => [
    [s * (neck - 2), y - 50],
    [s * (neck + 44), y - 52],
    [s * (neck + 66), y + 18],
    [s * 58, y + 74],
    [s * 6, y + 62],
  ];
  const snaps = [120, 210, 300, 420]
    .map((dy) => ellipse({ x: 0, y: y + dy, rx: 10, ry: 10 }, lighten(color, 0.55)))
    .join('');
  const gleam = [-1, 1]
    .map((s) =>
      line(
        openPath([
          [s * 150, y + 120],
          [s * 162, y + 220],
          [s * 160, y + 380],
        ]),
        '#ffffff',
        10,
        0.28,
      ),
    )
    .join('');
  return {
    behind: cloth(sitting, back, shade(color, 0.3)),
    torso:
      garment(sitting, color, 50, 14) +
      line(`M-30 ${n(y + 70)}V${n(y + 1300)}M30 ${n(y + 70)}V${n(y + 1300)}`, shade(color, 0.6), 4, 0.6) +
      snaps +
      gleam +
      cloth(sitting, flap(-1), lighten(color, 0.14)) +
      cloth(sitting, flap(1), lighten(color, 0.04)),
  };
}

/** Quilted down jacket with a high collar. */
export function puffer(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const torso = garmentCurve(sitting, 30, 26);
  const quilts = repeat(8, (i) => {
    const dy = 60 + i * 84;
    return (
      line(`M-380 ${n(y + dy - 8)}Q0 ${n(y + dy + 28)} 380 ${n(y + dy - 8)}`, shade(color, 0.8), 6, 0.6) +
      line(`M-380 ${n(y + dy + 12)}Q0 ${n(y + dy + 48)} 380 ${n(y + dy + 12)}`, lighten(color, 0.4), 9, 0.4)
    );
  });
  const collar: Curve = [
    [-neck - 26, y - 60],
    [0, y - 34],
    [neck + 26, y - 60],
    [neck + 54, y + 16],
    [0, y + 66],
    [-neck - 54, y + 16],
  ];
  return {
    torso:
      garment(sitting, color, 30, 26) +
      clipped(quilts, sitting.defs.clip(closedPath(torso))) +
      cloth(sitting, collar, lighten(color, 0.1)) +
      line(
        openPath([
          [-neck - 40, y - 14],
          [0, y + 20],
          [neck + 40, y - 14],
        ]),
        shade(color, 0.7),
        5,
        0.5,
      ) +
      line(`M0 ${n(y - 30)}V${n(y + 1300)}`, darken(color, 0.6), 9) +
      ellipse({ x: 0, y: y + 84, rx: 8, ry: 14 }, SILVER),
  };
}

export function denim(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const thread: Color = '#d9a860';
  const under = sitting.person.under ?? '#f0ede6';
  const front: Curve = [
    [-neck - 2, y - 30],
    [neck + 2, y - 30],
    [40 * k, y + 110],
    [14, y + 300],
    [14, y + 1300],
    [-14, y + 1300],
    [-14, y + 300],
    [-40 * k, y + 110],
  ];
  const collar: Curve = [
    [neck + 2, y - 44],
    [neck + 40, y - 20],
    [112 * k, y + 84],
    [58 * k, y + 82],
    [neck * 0.6, y + 24],
  ];
  const pocket = (s: 1 | -1): string =>
    line(
      `M${n(s * 66 * k)} ${n(y + 210)}h${n(s * 92 * k)}l${n(s * -6)} 34l${n(s * -40 * k)} 22l${n(s * -40 * k)} -22Z`,
      thread,
      3.6,
      0.9,
    );
  const seams = [-1, 1]
    .map((s) =>
      line(
        openPath([
          [s * 60 * k, y + 276],
          [s * 46 * k, y + 460],
          [s * 40 * k, y + 1300],
        ]),
        thread,
        3.6,
        0.8,
      ),
    )
    .join('');
  return {
    torso:
      garment(sitting, color, 50, 8) +
      cloth(sitting, front, under) +
      neckband(sitting, under, 46, 9) +
      pocket(-1) +
      pocket(1) +
      seams +
      cloth(sitting, mirrored(collar), lighten(color, 0.12)) +
      cloth(sitting, collar, lighten(color, 0.05)),
  };
}

export function waistcoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const under = sitting.person.under ?? '#f3efe4';
  const side = (s: 1 | -1): Curve => [
    [s * 66 * k, y + 14],
    [s * 146 * k, y + 44],
    [s * 152 * k, y + 170],
    [s * 186 * k, y + 300],
    [s * 196 * k, y + 1300],
    [s * 2, y + 1300],
    [s * 2, y + 300],
    [s * 40 * k, y + 150],
  ];
  const buttons = [320, 400, 480].map((dy) => ellipse({ x: 14, y: y + dy, rx: 9, ry: 9 }, shade(color, 0.8))).join('');
  return {
    torso:
      garment(sitting, under, 50) +
      line(`M0 ${n(y + 50)}V${n(y + 320)}`, shade(under, 0.5), 3, 0.5) +
      ([-1, 1] as const)
        .map((s) => cloth(sitting, side(s), s < 0 ? lighten(color, 0.06) : color) + patternOn(sitting, color, side(s)))
        .join('') +
      buttons +
      shirtCollar(sitting, lighten(under, 0.25), k),
  };
}
