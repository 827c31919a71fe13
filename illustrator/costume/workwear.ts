import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, garmentCurve, neckband } from './garment.ts';
import { patternOn } from './pattern.ts';
import { shirtCollar } from './tailored.ts';

const SILVER: Color = '#dfe4e6';

export function overalls(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const under = sitting.person.under ?? '#d9d2c2';
  const bib: Curve = [
    [-92 * k, y + 150],
    [0, y + 156],
    [92 * k, y + 150],
    [104 * k, y + 330],
    [190 * k, y + 430],
    [200 * k, y + 1300],
    [-200 * k, y + 1300],
    [-190 * k, y + 430],
    [-104 * k, y + 330],
  ];
  const strap = (s: 1 | -1): string =>
    line(
      openPath([
        [s * 78 * k, y + 176],
        [s * 92 * k, y + 80],
        [s * 104 * k, y + 22],
      ]),
      shade(color, 0.15),
      32,
    ) + ellipse({ x: s * 78 * k, y: y + 180, rx: 15, ry: 15 }, '#d8b45a');
  const pocket: Curve = [
    [-48 * k, y + 232],
    [48 * k, y + 232],
    [48 * k, y + 318],
    [-48 * k, y + 318],
  ];
  return {
    torso:
      garment(sitting, under, 46) +
      neckband(sitting, under, 46, 12) +
      cloth(sitting, bib, color) +
      strap(-1) +
      strap(1) +
      line(`M${n(-48 * k)} ${n(y + 232)}H${n(48 * k)}V${n(y + 318)}H${n(-48 * k)}Z`, lighten(color, 0.4), 4, 0.7) +
      patternOn(sitting, color, pocket),
  };
}

/** Warning vest with reflecting bands over a shirt. */
export function hivis(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const under = sitting.person.under ?? '#3d4a60';
  const side = (s: 1 | -1): Curve => [
    [s * 62 * k, y + 6],
    [s * 168 * k, y + 46],
    [s * 176 * k, y + 200],
    [s * 196 * k, y + 320],
    [s * 200 * k, y + 1300],
    [s * 8, y + 1300],
    [s * 8, y + 190],
  ];
  const band = (s: 1 | -1): string =>
    line(
      openPath([
        [s * 112 * k, y + 24],
        [s * 118 * k, y + 200],
        [s * 118 * k, y + 1300],
      ]),
      SILVER,
      26,
    ) + line(`M${n(s * 10)} ${n(y + 330)}H${n(s * 197 * k)}`, SILVER, 30);
  return {
    torso:
      garment(sitting, under, 50) +
      shirtCollar(sitting, lighten(under, 0.14), k) +
      ([-1, 1] as const)
        .map((s) => cloth(sitting, side(s), color) + clipped(band(s), sitting.defs.clip(closedPath(side(s)))))
        .join('') +
      line(`M0 ${n(y + 192)}V${n(y + 1300)}`, darken(color, 0.4), 5),
  };
}

export function scrubs(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { neck } = bodyOf(sitting);
  const collar = (s: 1 | -1): Curve => [
    [s * (neck + 12), y - 24],
    [s * (neck + 34), y - 2],
    [s * 46 * k, y + 96],
    [s * 2, y + 168],
    [s * 2, y + 134],
  ];
  const pocket = `M${n(-130 * k)} ${n(y + 250)}h${n(76 * k)}v92h${n(-76 * k)}Z`;
  return {
    torso:
      garment(sitting, color, 70, 6) +
      cloth(sitting, `M${n(-neck - 10)} ${n(y - 30)}H${n(neck + 10)}L0 ${n(y + 150)}Z`, sitting.palette.skin) +
      cloth(sitting, collar(-1), lighten(color, 0.14), { fine: true }) +
      cloth(sitting, collar(1), lighten(color, 0.08), { fine: true }) +
      line(pocket, shade(color, 0.6), 4, 0.6),
  };
}

/** Double-breasted, with a stand-up collar. */
export function chefcoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { neck } = bodyOf(sitting);
  const collar = (s: 1 | -1): Curve => [
    [s * (neck - 6), y - 56],
    [s * (neck + 22), y - 40],
    [s * (neck + 18), y + 14],
    [s * 8, y + 58],
    [s * 2, y + 22],
  ];
  const buttons = [120, 200, 280, 370]
    .map((dy) => [-1, 1].map((s) => ellipse({ x: s * 52 * k, y: y + dy, rx: 11, ry: 11 }, shade(color, 0.8))).join(''))
    .join('');
  return {
    torso:
      garment(sitting, color, 40, 10) +
      line(
        openPath([
          [-4, y + 48],
          [-96 * k, y + 120],
          [-104 * k, y + 1300],
        ]),
        shade(color, 0.6),
        4,
        0.55,
      ) +
      cloth(sitting, collar(-1), lighten(color, 0.2), { fine: true }) +
      cloth(sitting, collar(1), color, { fine: true }) +
      buttons,
  };
}

/** Heavy coat with reflecting stripes and a collar that stands up. */
export function firecoat(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { neck } = bodyOf(sitting);
  const torso = garmentCurve(sitting, 40, 16);
  const stripe = (dy: number): string =>
    line(`M-360 ${n(y + dy)}Q0 ${n(y + dy + 24)} 360 ${n(y + dy)}`, '#e6e23c', 46) +
    line(`M-360 ${n(y + dy)}Q0 ${n(y + dy + 24)} 360 ${n(y + dy)}`, SILVER, 20);
  const collar: Curve = [
    [4, y + 62],
    [neck + 4, y - 58],
    [neck + 42, y - 46],
    [neck + 58, y + 22],
    [64 * k, y + 96],
  ];
  const clasps = [140, 240, 440]
    .map((dy) => line(`M-26 ${n(y + dy)}h52`, '#3a3a3e', 14) + line(`M-12 ${n(y + dy)}h24`, SILVER, 8))
    .join('');
  return {
    torso:
      garment(sitting, color, 40, 16) +
      clipped(stripe(190) + stripe(400), sitting.defs.clip(closedPath(torso))) +
      line(`M0 ${n(y + 60)}V${n(y + 1300)}`, shade(color, 0.8), 8, 0.7) +
      clasps +
      cloth(sitting, mirrored(collar), lighten(color, 0.12)) +
      cloth(sitting, collar, lighten(color, 0.04)),
  };
}
