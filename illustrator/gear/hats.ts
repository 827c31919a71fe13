import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

export function fedora(sitting: Sitting, felt: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 72;
  const brim: Curve = [
    [-w - 96, y + 4],
    [-w - 20, y - 26],
    [t, y - 40],
    [w + 20, y - 26],
    [w + 96, y + 4],
    [w + 40, y + 34],
    [t, y + 22],
    [-w - 40, y + 34],
  ];
  const top: Curve = [
    [-w - 6, y - 14],
    [-w + 6, y - 110],
    [-w * 0.52, y - 168],
    [t - 10, y - 146],
    [w * 0.56, y - 170],
    [w - 4, y - 110],
    [w + 6, y - 14],
    [t, y - 2],
  ];
  const band: Curve = [
    [-w - 7, y - 52],
    [t, y - 42],
    [w + 7, y - 52],
    [w + 8, y - 12],
    [t, y + 2],
    [-w - 8, y - 12],
  ];
  const crease = line(
    openPath([
      [t - 12, y - 146],
      [t - 4, y - 110],
      [t - 16, y - 74],
    ]),
    shade(felt, 0.7),
    7,
    0.5,
  );
  return {
    behind: '',
    front:
      cloth(sitting, top, felt) +
      crease +
      cloth(sitting, band, darken(felt, 0.55), { fine: true }) +
      cloth(sitting, brim, lighten(felt, 0.06)) +
      line(
        openPath([
          [-w - 30, y + 28],
          [t, y + 19],
          [w + 30, y + 28],
        ]),
        darken(felt, 0.5),
        5,
        0.5,
      ),
  };
}

export function beanie(sitting: Sitting, wool: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 14;
  const y = head.crownY + 84;
  const dome: Curve = [
    [-w, y],
    [-w + 6, y - 86],
    [-w * 0.5, y - 142],
    [t, y - 156],
    [w * 0.5, y - 142],
    [w - 6, y - 86],
    [w, y],
    [t, y - 16],
  ];
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
    front: cloth(sitting, dome, wool) + cloth(sitting, fold, lighten(wool, 0.12)) + ribs,
  };
}

export function cap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(10);
  const w = head.temple + 10;
  const y = head.crownY + 82;
  const dome: Curve = [
    [-w, y],
    [-w + 8, y - 84],
    [-w * 0.5, y - 132],
    [t, y - 144],
    [w * 0.5, y - 132],
    [w - 8, y - 84],
    [w, y],
    [t, y - 22],
  ];
  const peak: Curve = [
    [-w + 12, y - 8],
    [t, y - 34],
    [w - 12, y - 8],
    [w + 14 + t, y + 34],
    [t * 2, y + 16],
    [-w - 14 + t, y + 34],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, dome, color) +
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
      cloth(sitting, peak, shade(color, 0.2)),
  };
}

export function wizard(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 74;
  const cone: Curve = [
    [-w - 4, y - 6],
    [-w * 0.62, y - 130],
    [-20, y - 236],
    [70, y - 262],
    [40, y - 210],
    [w * 0.7, y - 110],
    [w + 4, y - 6],
    [t, y + 8],
  ];
  const brim: Curve = [
    [-w - 104, y + 22],
    [-w - 10, y - 24],
    [t, y - 30],
    [w + 10, y - 24],
    [w + 104, y + 22],
    [w + 30, y + 40],
    [t, y + 28],
    [-w - 30, y + 40],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, cone, color) +
      line(
        openPath([
          [-w - 3, y - 30],
          [t, y - 14],
          [w + 3, y - 30],
        ]),
        '#d0a23f',
        15,
      ) +
      cloth(sitting, brim, lighten(color, 0.08)),
  };
}
