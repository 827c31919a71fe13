import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

const GOLD: Color = '#d0a23f';

/** The upper skull in cloth, from ear to ear: the ground of caps, helmets and wraps. */
export function dome(sitting: Sitting, height: number, wide = 10, drop = 84): Curve {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple + wide;
  const y = head.crownY + drop;
  return [
    [-w, y],
    [-w + 7, y - height * 0.58],
    [-w * 0.5, y - height * 0.92],
    [t, y - height],
    [w * 0.5, y - height * 0.92],
    [w - 7, y - height * 0.58],
    [w, y],
    [t, y - 20],
  ];
}

export function beanie(sitting: Sitting, wool: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 14;
  const y = head.crownY + 84;
  const fold: Curve = [
    [-w - 4, y - 34],
    [t, y - 54],
    [w + 4, y - 34],
    [w + 6, y + 16],
    [t, y - 4],
    [-w - 6, y + 16],
  ];
  const ribs = repeat(13, (i) =>
    line(
      `M${n((i - 6) * w * 0.155)} ${n(y - 48 + Math.abs(i - 6) * 2)}l${n((i - 6) * 0.6)} 44`,
      shade(wool, 0.6),
      4,
      0.35,
    ),
  );
  return {
    behind: ellipse({ x: t, y: y - 164, rx: 34, ry: 32 }, lighten(wool, 0.3)),
    front: cloth(sitting, dome(sitting, 156, 14), wool) + cloth(sitting, fold, lighten(wool, 0.12)) + ribs,
  };
}

function peak(sitting: Sitting, color: Color, drop: number): string {
  const { head, turned } = sitting;
  const t = turned(10);
  const w = head.temple + 10;
  const y = head.crownY + 82;
  return cloth(
    sitting,
    [
      [-w + 12, y - 8],
      [t, y - 34],
      [w - 12, y - 8],
      [w + 14 + t, y + drop],
      [t * 2, y + drop - 18],
      [-w - 14 + t, y + drop],
    ],
    color,
  );
}

export function cap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(10);
  const y = head.crownY + 82;
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 144), color) +
      line(
        openPath([
          [t, y - 142],
          [t + 4, y - 80],
          [t + 2, y - 28],
        ]),
        shade(color, 0.6),
        3.4,
        0.5,
      ) +
      ellipse({ x: t, y: y - 144, rx: 10, ry: 7 }, shade(color, 0.4)) +
      peak(sitting, shade(color, 0.2), 34),
  };
}

/** Police, pilots, captains, post: a wide top over a band with a badge and a shining peak. */
export function peakedCap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple + 8;
  const y = head.crownY + 82;
  const top: Curve = [
    [-w - 44, y - 92],
    [-w * 0.6, y - 132],
    [t, y - 152],
    [w * 0.6, y - 132],
    [w + 44, y - 92],
    [w + 6, y - 48],
    [t, y - 60],
    [-w - 6, y - 48],
  ];
  const band: Curve = [
    [-w - 6, y - 58],
    [t, y - 72],
    [w + 6, y - 58],
    [w + 4, y - 2],
    [t, y - 22],
    [-w - 4, y - 2],
  ];
  const badge =
    ellipse({ x: t, y: y - 84, rx: 24, ry: 22 }, GOLD) +
    ellipse({ x: t, y: y - 84, rx: 13, ry: 12 }, lighten(GOLD, 0.5));
  return {
    behind: '',
    front:
      cloth(sitting, top, color) +
      cloth(sitting, band, darken(color, 0.4), { fine: true }) +
      peak(sitting, '#1d1d22', 30) +
      line(
        openPath([
          [-w + 4, y - 10],
          [t, y - 32],
          [w - 4, y - 10],
        ]),
        GOLD,
        7,
      ) +
      badge,
  };
}

export function flatCap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(12);
  const w = head.temple + 18;
  const y = head.crownY + 84;
  const top: Curve = [
    [-w - 8, y - 8],
    [-w - 6, y - 84],
    [-w * 0.4, y - 118],
    [t, y - 116],
    [w * 0.5, y - 112],
    [w + 6, y - 76],
    [w + 8, y - 8],
    [t, y - 26],
  ];
  const weave = repeat(8, (i) =>
    line(`M${n((i - 3.5) * 34)} ${n(y - 106)}l${n((i - 3.5) * 5)} 80`, shade(color, 0.6), 3, 0.3),
  );
  return { behind: '', front: cloth(sitting, top, color) + weave + peak(sitting, shade(color, 0.12), 20) };
}

export function beret(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 76;
  const felt: Curve = [
    [-w - 6, y + 6],
    [-w - 20, y - 50],
    [-w * 0.6, y - 112],
    [t + 10, y - 130],
    [w * 0.8, y - 112],
    [w + 70, y - 62],
    [w + 62, y - 8],
    [w + 8, y + 4],
    [t, y - 22],
  ];
  return {
    behind: '',
    front:
      line(`M${n(t + 6)} ${n(y - 128)}q4 -16 14 -20`, color, 9) +
      cloth(sitting, felt, color) +
      line(
        openPath([
          [-w - 4, y + 2],
          [t, y - 24],
          [w + 6, y + 2],
        ]),
        darken(color, 0.4),
        13,
        0.8,
      ) +
      line(
        openPath([
          [w * 0.2, y - 100],
          [w * 0.9, y - 78],
          [w + 44, y - 36],
        ]),
        lighten(color, 0.4),
        7,
        0.3,
      ),
  };
}

export function sailorCap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 12;
  const y = head.crownY + 70;
  const cuff: Curve = [
    [-w - 6, y - 70],
    [t, y - 92],
    [w + 6, y - 70],
    [w + 2, y + 6],
    [t, y - 14],
    [-w - 2, y + 6],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 120, 2, 76), color) +
      cloth(sitting, cuff, lighten(color, 0.3)) +
      line(
        openPath([
          [-w, y - 30],
          [t, y - 52],
          [w, y - 30],
        ]),
        shade(color, 0.5),
        3.5,
        0.5,
      ),
  };
}

/** A sun shade without a crown. */
export const visorCap = (sitting: Sitting, color: Color): Headwear => {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple + 8;
  const y = head.crownY + 82;
  const band: Curve = [
    [-w, y - 40],
    [t, y - 58],
    [w, y - 40],
    [w + 2, y + 4],
    [t, y - 18],
    [-w - 2, y + 4],
  ];
  return { behind: '', front: cloth(sitting, band, color) + peak(sitting, lighten(color, 0.14), 40) };
};
