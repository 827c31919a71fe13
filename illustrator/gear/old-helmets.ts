import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { dome } from './caps.ts';
import type { Headwear } from './worn.ts';
import { gleam, rim } from './helmets.ts';

/** Iron with a nose guard and cheek plates. */
export function knightHelmet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(12);
  const w = head.temple + 14;
  const y = head.crownY + 86;
  const cheek = (s: 1 | -1): Curve => [
    [s * w, y - 20],
    [s * (w + 4), y + 90],
    [s * (head.cheek + 6), head.cheekY + 40],
    [s * (head.jaw + 2), head.jawY + 6],
    [s * (head.jaw - 26), head.jawY - 20],
    [s * (head.brow - 30), head.cheekY - 30],
    [s * (w - 36), y - 4],
  ];
  const brow = openPath([
    [-w, y - 12],
    [t, y - 34],
    [w, y - 12],
  ]);
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 166, 14), color) +
      line(
        openPath([
          [t * 0.6, y - 164],
          [t, y - 90],
          [t, y - 30],
        ]),
        shade(color, 0.5),
        8,
        0.7,
      ) +
      gleam(sitting) +
      cloth(sitting, cheek(-1), color) +
      cloth(sitting, cheek(1), shade(color, 0.15)) +
      line(brow, '#c59a44', 18) +
      cloth(sitting, `M${n(t - 12)} ${n(y - 36)}h24l-4 ${n(head.noseY - y + 6)}h-16Z`, lighten(color, 0.1)) +
      [-0.8, -0.4, 0.4, 0.8]
        .map((p) =>
          ellipse({ x: p * w + t * (1 - Math.abs(p)), y: y - 24 + Math.abs(p) * 10, rx: 5, ry: 5 }, '#8a6a2a'),
        )
        .join(''),
  };
}

export function vikingHelmet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(10);
  const w = head.temple + 12;
  const y = head.crownY + 84;
  const horn = (s: 1 | -1): string =>
    cloth(
      sitting,
      `M${n(s * (w - 10))} ${n(y - 84)}C${n(s * (w + 50))} ${n(y - 86)} ${n(s * (w + 92))} ${n(y - 140)} ${n(s * (w + 80))} ${n(y - 216)}C${n(s * (w + 44))} ${n(y - 160)} ${n(s * (w + 20))} ${n(y - 148)} ${n(s * (w - 26))} ${n(y - 126)}Z`,
      '#e8dcc0',
    );
  const strip: Color = '#a5803c';
  return {
    behind: '',
    front:
      horn(-1) +
      horn(1) +
      cloth(sitting, dome(sitting, 156, 12), color) +
      line(
        openPath([
          [t * 0.6, y - 154],
          [t, y - 90],
          [t, y - 28],
        ]),
        strip,
        20,
      ) +
      gleam(sitting) +
      line(
        openPath([
          [-w, y - 10],
          [t, y - 32],
          [w, y - 10],
        ]),
        strip,
        30,
      ) +
      [-0.75, -0.4, 0, 0.4, 0.75]
        .map((p) =>
          ellipse({ x: p * w + t * (1 - Math.abs(p)), y: y - 31 + Math.abs(p) * 18, rx: 6, ry: 6 }, '#5a4218'),
        )
        .join(''),
  };
}

export function pithHelmet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  return {
    behind: '',
    front:
      ellipse({ x: t, y: head.crownY - 82, rx: 15, ry: 11 }, shade(color, 0.3)) +
      cloth(sitting, dome(sitting, 158, 12), color) +
      line(
        openPath([
          [-head.temple - 8, head.crownY + 50],
          [t, head.crownY + 30],
          [head.temple + 8, head.crownY + 50],
        ]),
        darken(color, 0.3),
        20,
        0.8,
      ) +
      rim(sitting, lighten(color, 0.1), 64, 40),
  };
}

/** Fur with flaps over the ears. */
export function ushanka(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 22;
  const y = head.crownY + 84;
  const fur = lighten(color, 0.16);
  const flap = (s: 1 | -1): Curve => [
    [s * (w - 26), y - 34],
    [s * (w + 18), y - 20],
    [s * (w + 26), y + 90],
    [s * (w - 2), y + 158],
    [s * (w - 38), y + 120],
    [s * (w - 34), y + 30],
  ];
  const band: Curve = [
    [-w - 6, y - 84],
    [t, y - 112],
    [w + 6, y - 84],
    [w + 8, y + 8],
    [t, y - 14],
    [-w - 8, y + 8],
  ];
  const hairs = repeat(46, (i) => {
    const p = (i - 22.5) / 22.5;
    return line(
      `M${n(p * w)} ${n(y - 50 + Math.abs(p) * 12 + (i % 3) * 16)}l${n((i % 2 ? 1 : -1) * 4)} 15`,
      i % 2 ? darken(color, 0.3) : lighten(color, 0.35),
      3.5,
      0.5,
    );
  });
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 162, 14), darken(color, 0.2)) +
      cloth(sitting, flap(-1), fur) +
      cloth(sitting, flap(1), fur) +
      cloth(sitting, band, fur) +
      hairs,
  };
}

/** A bright ring over the head. */
export function halo({ head, turned, defs }: Sitting, color: Color): Headwear {
  const t = turned(4);
  const y = head.crownY - 54;
  const ring = (rx: number, paint: string, width: number, opacity = 1): string =>
    `<ellipse cx="${n(t)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(rx * 0.26)}" fill="none" stroke="${paint}" stroke-width="${n(width)}" stroke-opacity="${opacity}"/>`;
  const shine = fill(
    `M${n(t - 170)} ${n(y - 80)}h340v160h-340Z`,
    defs.radial([
      [0, color, 0.5],
      [0.6, color, 0.16],
      [1, color, 0],
    ]),
  );
  return { behind: '', front: shine + ring(116, color, 17) + ring(116, '#fff8dc', 6, 0.95) };
}
