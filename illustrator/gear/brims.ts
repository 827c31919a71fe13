import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

interface Brimmed {
  /** How far the brim reaches past the temples, and how far its ends rise (negative) or droop. Figure units. */
  readonly reach: number;
  readonly ends: number;
  readonly height: number;
  readonly crown: 'round' | 'dented' | 'flat' | 'peaked' | 'cone';
  /** Width of the crown's top against its foot. */
  readonly taper?: number;
  readonly band?: Color | null;
}

/** A hat of crown, band and brim: most hats are one of these. */
export function brimmedHat(sitting: Sitting, felt: Color, shape: Brimmed): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 72;
  const { reach, ends } = shape;
  const brim: Curve = [
    [-w - reach, y + ends],
    [-w - 14, y - 26 + Math.min(0, ends * 0.2)],
    [t, y - 40],
    [w + 14, y - 26 + Math.min(0, ends * 0.2)],
    [w + reach, y + ends],
    [w + reach * 0.42, y + 34 + ends * 0.3],
    [t, y + 22],
    [-w - reach * 0.42, y + 34 + ends * 0.3],
  ];
  const band: Curve = [
    [-w - 7, y - 48],
    [t, y - 38],
    [w + 7, y - 48],
    [w + 8, y - 12],
    [t, y + 2],
    [-w - 8, y - 12],
  ];
  const color = shape.band === undefined ? darken(felt, 0.55) : shape.band;
  return {
    behind: '',
    front:
      cloth(sitting, crownOf(w, y, t, shape), felt) +
      (shape.crown === 'dented'
        ? line(
            openPath([
              [t - 12, y - shape.height + 22],
              [t - 4, y - shape.height + 60],
              [t - 16, y - shape.height + 94],
            ]),
            shade(felt, 0.7),
            7,
            0.5,
          )
        : '') +
      (color === null ? '' : cloth(sitting, band, color, { fine: true })) +
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

function crownOf(w: number, y: number, t: number, { crown, height: h, taper = 0.92 }: Brimmed): Curve | string {
  if (crown === 'flat')
    return `M${n(-w - 4)} ${n(y - 12)}L${n(-w * taper)} ${n(y - h)}Q${n(t)} ${n(y - h - 20)} ${n(w * taper)} ${n(y - h)}L${n(w + 4)} ${n(y - 12)}Q${n(t)} ${n(y + 4)} ${n(-w - 4)} ${n(y - 12)}Z`;
  if (crown === 'cone')
    return `M${n(-w - 4)} ${n(y - 12)}Q${n(-w * 0.5)} ${n(y - h * 0.5)} ${n(t)} ${n(y - h)}Q${n(w * 0.5)} ${n(y - h * 0.5)} ${n(w + 4)} ${n(y - 12)}Q${n(t)} ${n(y + 4)} ${n(-w - 4)} ${n(y - 12)}Z`;
  const shoulder = crown === 'peaked' ? 0.5 : crown === 'dented' ? 0.66 : 0.72;
  const dent = crown === 'dented' ? 22 : crown === 'peaked' ? -26 : -6;
  return [
    [-w - 5, y - 14],
    [-w + 4, y - h * shoulder],
    [-w * 0.54, y - h],
    [t, y - h + dent],
    [w * 0.54, y - h],
    [w - 4, y - h * shoulder],
    [w + 5, y - 14],
    [t, y - 2],
  ];
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

/** Brim folded up on three sides. */
export function tricorne(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 74;
  const dome: Curve = [
    [-w, y - 20],
    [-w * 0.6, y - 118],
    [t, y - 134],
    [w * 0.6, y - 118],
    [w, y - 20],
  ];
  const front: Curve = [
    [-w - 92, y - 34],
    [-w * 0.7, y - 76],
    [t, y - 118],
    [w * 0.7, y - 76],
    [w + 92, y - 34],
    [w * 0.6, y + 14],
    [t, y + 26],
    [-w * 0.6, y + 14],
  ];
  const edge = openPath([
    [-w - 88, y - 34],
    [-w * 0.7, y - 74],
    [t, y - 114],
    [w * 0.7, y - 74],
    [w + 88, y - 34],
  ]);
  return {
    behind: '',
    front:
      cloth(sitting, dome, darken(color, 0.15)) +
      cloth(sitting, front, color) +
      line(edge, '#d0a23f', 11) +
      ellipse({ x: -w * 0.62, y: y - 36, rx: 20, ry: 20 }, '#d9d2c4') +
      ellipse({ x: -w * 0.62, y: y - 36, rx: 9, ry: 9 }, '#8a2b32'),
  };
}

/** Worn sideways: a half moon with a cockade. */
export function bicorne(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 76;
  const moon: Curve = [
    [-w - 76, y + 34],
    [-w - 20, y - 50],
    [-w * 0.5, y - 138],
    [t, y - 168],
    [w * 0.5, y - 138],
    [w + 20, y - 50],
    [w + 76, y + 34],
    [w * 0.5, y - 4],
    [t, y + 14],
    [-w * 0.5, y - 4],
  ];
  const edge = openPath([
    [-w - 70, y + 28],
    [-w - 20, y - 46],
    [-w * 0.5, y - 132],
    [t, y - 162],
    [w * 0.5, y - 132],
    [w + 20, y - 46],
    [w + 70, y + 28],
  ]);
  return {
    behind: '',
    front:
      cloth(sitting, moon, color) +
      line(edge, '#d0a23f', 9) +
      ellipse({ x: t + 40, y: y - 74, rx: 26, ry: 26 }, '#b23a3c') +
      ellipse({ x: t + 40, y: y - 74, rx: 17, ry: 17 }, '#f3efe6') +
      ellipse({ x: t + 40, y: y - 74, rx: 9, ry: 9 }, '#2c4272'),
  };
}
