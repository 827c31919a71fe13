import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

/** Points on an arc over the head, from the left temple (0) to the right one (1). */
const onArc = ({ head, turned }: Sitting, p: number, lift = 0): readonly [number, number] => {
  const a = Math.PI * (1.06 + 0.88 * p);
  return [turned(6) + Math.cos(a) * (head.temple + 8 + lift * 0.4), head.crownY + 108 + Math.sin(a) * (112 + lift)];
};

export function tiara(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple - 12;
  const y = head.crownY + 46;
  const body = `M${n(t - w)} ${n(y + 30)}Q${n(t - w * 0.6)} ${n(y - 6)} ${n(t - w * 0.4)} ${n(y - 18)}Q${n(t - w * 0.2)} ${n(y - 16)} ${n(t)} ${n(y - 74)}Q${n(t + w * 0.2)} ${n(y - 16)} ${n(t + w * 0.4)} ${n(y - 18)}Q${n(t + w * 0.6)} ${n(y - 6)} ${n(t + w)} ${n(y + 30)}Q${n(t)} ${n(y - 12)} ${n(t - w)} ${n(y + 30)}Z`;
  const gem = (x: number, gy: number, r: number): string =>
    ellipse({ x, y: gy, rx: r, ry: r * 1.2 }, '#8fd0ea') +
    ellipse({ x: x - r * 0.3, y: gy - r * 0.4, rx: r * 0.3, ry: r * 0.4 }, '#ffffff');
  return {
    behind: '',
    front:
      fill(body, color) +
      line(body, darken(color, 0.4), 3.4) +
      gem(t, y - 36, 12) +
      gem(t - w * 0.46, y - 2, 7) +
      gem(t + w * 0.46, y - 2, 7),
  };
}

export function laurel(sitting: Sitting, color: Color): Headwear {
  const leaves = repeat(15, (i) => {
    const p = i / 14;
    const [x, y] = onArc(sitting, p);
    const lean = (p - 0.5) * 150;
    return (
      ellipse({ x, y: y - 12, rx: 11, ry: 25, rotate: lean - 30 }, i % 2 ? color : lighten(color, 0.22)) +
      ellipse({ x, y: y + 8, rx: 10, ry: 22, rotate: lean + 34 }, shade(color, 0.3))
    );
  });
  return { behind: '', front: leaves };
}

/** Ears on a band: cat or hare. */
export function ears(sitting: Sitting, color: Color, kind: 'catears' | 'bunnyears'): Headwear {
  const { head, turned } = sitting;
  const t = turned(6);
  const y = head.crownY;
  const ear = (s: 1 | -1): string => {
    if (kind === 'catears') {
      const outer = `M${n(t + s * 40)} ${n(y + 12)}L${n(t + s * 104)} ${n(y - 92)}Q${n(t + s * 140)} ${n(y - 30)} ${n(t + s * 132)} ${n(y + 62)}Z`;
      const inner = `M${n(t + s * 66)} ${n(y + 6)}L${n(t + s * 102)} ${n(y - 58)}Q${n(t + s * 120)} ${n(y - 16)} ${n(t + s * 118)} ${n(y + 38)}Z`;
      return cloth(sitting, outer, color) + fill(inner, '#e9a3ac', 0.9);
    }
    const outer: Curve = [
      [t + s * 26, y + 26],
      [t + s * 34, y - 110],
      [t + s * 70, y - 190],
      [t + s * 96, y - 110],
      [t + s * 74, y + 30],
    ];
    const inner: Curve = [
      [t + s * 42, y + 10],
      [t + s * 48, y - 100],
      [t + s * 68, y - 160],
      [t + s * 82, y - 100],
      [t + s * 64, y + 12],
    ];
    return cloth(sitting, outer, color) + cloth(sitting, inner, '#eeb0ba', { fine: true });
  };
  const arc = openPath([
    [-head.temple - 4, y + 96],
    [-head.temple * 0.6, y + 10],
    [t, y - 14],
    [head.temple * 0.6, y + 10],
    [head.temple + 4, y + 96],
  ]);
  return { behind: '', front: line(arc, darken(color, 0.25), 12) + ear(-1) + ear(1) };
}

export function horns(sitting: Sitting, color: Color): Headwear {
  const { head } = sitting;
  const y = head.crownY + 20;
  const horn = (s: 1 | -1): string =>
    cloth(
      sitting,
      `M${n(s * 52)} ${n(y + 12)}C${n(s * 60)} ${n(y - 50)} ${n(s * 130)} ${n(y - 50)} ${n(s * 118)} ${n(y - 138)}C${n(s * 168)} ${n(y - 80)} ${n(s * 150)} ${n(y - 10)} ${n(s * 108)} ${n(y + 40)}Z`,
      color,
    ) +
    [0, 1, 2]
      .map((i) =>
        line(
          `M${n(s * (74 + i * 15))} ${n(y - 12 - i * 24)}q${n(s * 22)} -4 ${n(s * 44)} 14`,
          darken(color, 0.4),
          4,
          0.6,
        ),
      )
      .join('');
  return { behind: '', front: horn(-1) + horn(1) };
}

export function antlers(sitting: Sitting, color: Color): Headwear {
  const { head } = sitting;
  const y = head.crownY + 10;
  const beam = (s: 1 | -1): string => {
    const d = `${openPath([
      [s * 50, y + 14],
      [s * 84, y - 60],
      [s * 150, y - 104],
      [s * 170, y - 196],
    ])}${openPath([
      [s * 84, y - 60],
      [s * 70, y - 110],
      [s * 82, y - 150],
    ])}${openPath([
      [s * 138, y - 96],
      [s * 190, y - 120],
      [s * 216, y - 160],
    ])}${openPath([
      [s * 112, y - 84],
      [s * 118, y - 134],
      [s * 128, y - 172],
    ])}`;
    return line(d, darken(color, 0.35), 25) + line(d, color, 18);
  };
  return { behind: '', front: beam(-1) + beam(1) };
}

/** A fan of feathers over a beaded band. */
export function feathers(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(6);
  const y = head.crownY + 66;
  const fan = repeat(13, (i) => {
    const a = (-0.5 + i / 12) * 2.5;
    const at = (r: number): readonly [number, number] => [t + Math.sin(a) * r, y - Math.cos(a) * r * 0.92];
    const [x, fy] = at(208);
    const [tx, ty] = at(262);
    return (
      ellipse({ x, y: fy, rx: 20, ry: 76, rotate: (a * 180) / Math.PI }, i % 2 ? color : lighten(color, 0.4)) +
      ellipse({ x: tx, y: ty, rx: 15, ry: 24, rotate: (a * 180) / Math.PI }, i % 2 ? '#b23a3c' : '#26262d') +
      line(`M${n(at(130)[0])} ${n(at(130)[1])}L${n(at(268)[0])} ${n(at(268)[1])}`, '#8a7a60', 3, 0.7)
    );
  });
  const w = head.temple + 8;
  const band: Curve = [
    [-w, y - 26],
    [t, y - 48],
    [w, y - 26],
    [w + 2, y + 26],
    [t, y + 2],
    [-w - 2, y + 26],
  ];
  const beads = repeat(9, (i) => {
    const p = (i - 4) / 4;
    return fill(
      `M${n(p * w * 0.92 + t * (1 - Math.abs(p)))} ${n(y - 38 + p * p * 20)}l13 20l-13 20l-13 -20Z`,
      i % 2 ? '#2fa8a5' : '#e6b93a',
    );
  });
  return { behind: fan, front: cloth(sitting, band, '#b23a3c') + beads };
}

export function headband(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple + 5;
  const y = head.crownY + 80;
  const band: Curve = [
    [-w, y - 30],
    [t, y - 52],
    [w, y - 30],
    [w + 2, y + 10],
    [t, y - 12],
    [-w - 2, y + 10],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, band, color) +
      line(
        openPath([
          [-w, y - 8],
          [t, y - 30],
          [w, y - 8],
        ]),
        lighten(color, 0.5),
        5,
        0.5,
      ),
  };
}
