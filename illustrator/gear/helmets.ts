import { cloth } from '../costume/cloth.ts';
import { darken, lighten, type Color } from '../drawing/color.ts';
import { n, openPath } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import { dome } from './caps.ts';
import type { Headwear } from './worn.ts';

export const gleam = ({ head, turned }: Sitting): string =>
  line(
    openPath([
      [turned(8) - 52, head.crownY - 30],
      [turned(8) - 86, head.crownY + 6],
      [turned(8) - 100, head.crownY + 44],
    ]),
    '#ffffff',
    11,
    0.42,
  );

export function rim(sitting: Sitting, color: Color, reach: number, drop: number): string {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple + 12;
  const y = head.crownY + 82;
  return cloth(
    sitting,
    [
      [-w - reach, y + drop],
      [-w + 4, y - 22],
      [t, y - 42],
      [w - 4, y - 22],
      [w + reach, y + drop],
      [w * 0.6, y + 12],
      [t, y + 2],
      [-w * 0.6, y + 12],
    ],
    color,
  );
}

export function hardHat(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const y = head.crownY;
  const ridge = [-44, 0, 44]
    .map((dx) =>
      line(
        openPath([
          [t + dx * 0.5, y - 62],
          [t + dx, y - 24],
          [t + dx * 1.2, y + 36],
        ]),
        lighten(color, 0.3),
        12,
        0.75,
      ),
    )
    .join('');
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 150, 14), color) +
      ridge +
      gleam(sitting) +
      rim(sitting, lighten(color, 0.1), 26, 20),
  };
}

export function fireHelmet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const y = head.crownY;
  const shield = `M${n(t - 44)} ${n(y - 46)}Q${n(t)} ${n(y - 66)} ${n(t + 44)} ${n(y - 46)}L${n(t + 36)} ${n(y + 22)}L${n(t)} ${n(y + 44)}L${n(t - 36)} ${n(y + 22)}Z`;
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 162, 16), color) +
      line(
        openPath([
          [t, y - 82],
          [t + 4, y - 40],
          [t + 2, y + 20],
        ]),
        darken(color, 0.35),
        18,
        0.8,
      ) +
      gleam(sitting) +
      rim(sitting, darken(color, 0.16), 62, 34) +
      cloth(sitting, shield, '#e3b53c') +
      line(`M${n(t)} ${n(y - 40)}v54m-24 -32h48`, '#8a2a24', 9),
  };
}

export function combatHelmet(sitting: Sitting, color: Color): Headwear {
  const { head } = sitting;
  const random = sitting.random('helmet net');
  const spots = repeat(9, (i) =>
    ellipse(
      {
        x: random.between(-104, 104),
        y: head.crownY + random.between(-40, 44),
        rx: random.between(16, 34),
        ry: random.between(9, 18),
        rotate: random.between(-30, 30),
      },
      i % 2 ? darken(color, 0.35) : lighten(color, 0.25),
      0.7,
    ),
  );
  const w = head.temple + 18;
  const y = head.crownY + 84;
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 154, 18), color) +
      spots +
      rim(sitting, darken(color, 0.12), 10, 26) +
      line(
        openPath([
          [-w + 8, y],
          [-w + 30, head.chinY - 40],
          [0, head.chinY + 10],
          [w - 30, head.chinY - 40],
          [w - 8, y],
        ]),
        '#4a4636',
        7,
        0.9,
      ),
  };
}

/** For bicycle, track and slope: ribs, air slots and a strap. */
export function sportHelmet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const y = head.crownY;
  const w = head.temple + 16;
  const slots = [-66, -24, 24, 66]
    .map((dx) =>
      line(
        openPath([
          [t + dx * 0.55, y - 48],
          [t + dx, y - 10],
          [t + dx * 1.18, y + 34],
        ]),
        darken(color, 0.7),
        13,
        0.85,
      ),
    )
    .join('');
  return {
    behind: '',
    front:
      line(
        openPath([
          [-w + 12, y + 76],
          [-w + 34, head.chinY - 40],
          [0, head.chinY + 12],
          [w - 34, head.chinY - 40],
          [w - 12, y + 76],
        ]),
        '#2a2a30',
        8,
        0.9,
      ) +
      cloth(sitting, dome(sitting, 154, 16), color) +
      slots +
      gleam(sitting) +
      line(
        openPath([
          [-w + 2, y + 78],
          [t, y + 58],
          [w - 2, y + 78],
        ]),
        darken(color, 0.5),
        14,
        0.9,
      ),
  };
}
