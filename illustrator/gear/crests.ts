import { cloth } from '../costume/cloth.ts';
import { darken, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

export function partyHat(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(6);
  const y = head.crownY + 26;
  const cone = `M${n(t - 84)} ${n(y)}L${n(t + 6)} ${n(y - 190)}L${n(t + 90)} ${n(y)}Q${n(t)} ${n(y - 28)} ${n(t - 84)} ${n(y)}Z`;
  const bands = [0.28, 0.52, 0.76]
    .map((p, i) =>
      line(
        openPath([
          [t - 84 + 90 * p, y - 190 * p],
          [t + 3, y - 190 * p - 20 * (1 - p)],
          [t + 90 - 84 * p, y - 190 * p],
        ]),
        ['#f6d14a', '#3fb4c8', '#f6f3ea'][i]!,
        13,
      ),
    )
    .join('');
  const pom = repeat(8, (i) =>
    ellipse(
      { x: t + 6 + Math.cos(i) * 18, y: y - 196 + Math.sin(i * 1.7) * 14, rx: 13, ry: 13 },
      i % 2 ? '#f6d14a' : '#f6f3ea',
    ),
  );
  return { behind: '', front: cloth(sitting, cone, color) + bands + pom };
}

export function mitre(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple - 4;
  const y = head.crownY + 72;
  const body = `M${n(-w)} ${n(y)}L${n(-w - 6)} ${n(y - 110)}Q${n(-w * 0.4)} ${n(y - 170)} ${n(t)} ${n(y - 236)}Q${n(w * 0.4)} ${n(y - 170)} ${n(w + 6)} ${n(y - 110)}L${n(w)} ${n(y)}Q${n(t)} ${n(y - 26)} ${n(-w)} ${n(y)}Z`;
  const gold: Color = '#cfa23c';
  return {
    behind: '',
    front:
      cloth(sitting, body, color) +
      line(
        openPath([
          [-w, y - 14],
          [t, y - 38],
          [w, y - 14],
        ]),
        gold,
        26,
      ) +
      line(`M${n(t)} ${n(y - 40)}V${n(y - 216)}M${n(t - 44)} ${n(y - 120)}H${n(t + 44)}`, gold, 20) +
      ellipse({ x: t, y: y - 120, rx: 15, ry: 15 }, '#8a2b32'),
  };
}

export function jester(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 10;
  const y = head.crownY + 84;
  const gold: Color = '#e0b43f';
  const bell = (x: number, by: number): string =>
    ellipse({ x, y: by, rx: 17, ry: 17 }, gold) + line(`M${n(x - 11)} ${n(by + 4)}h22`, '#7a5a1a', 4);
  const horn = (s: 1 | -1, tone: Color): string =>
    cloth(
      sitting,
      [
        [s * w, y - 6],
        [s * (w + 10), y - 90],
        [s * (w + 84), y - 150],
        [s * (w + 108), y - 70],
        [s * (w + 66), y - 96],
        [s * w * 0.3, y - 150],
        [t, y - 120],
        [t, y - 22],
      ],
      tone,
    ) + bell(s * (w + 106), y - 58);
  const mid: Curve = [
    [t - 62, y - 90],
    [t - 34, y - 190],
    [t + 40, y - 226],
    [t + 30, y - 176],
    [t + 62, y - 90],
    [t, y - 60],
  ];
  const contrast: Color = '#d9a92f';
  return {
    behind: '',
    front:
      horn(-1, color) +
      horn(1, contrast) +
      cloth(sitting, mid, darken(color, 0.25)) +
      bell(t + 44, y - 224) +
      line(
        openPath([
          [-w, y - 8],
          [t, y - 28],
          [w, y - 8],
        ]),
        gold,
        18,
      ),
  };
}

/** Rows of white curls down to the shoulders. */
export function judgeWig(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(6);
  const curl = (x: number, y: number, r: number): string =>
    ellipse({ x, y, rx: r * 1.2, ry: r }, color) +
    `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(r * 1.2)}" ry="${n(r)}" fill="none" stroke="${shade(color, 0.45)}" stroke-width="4"/>` +
    ellipse({ x: x + 2, y: y + 1, rx: r * 0.4, ry: r * 0.34 }, shade(color, 0.35));
  const cap: Curve = [
    [-head.temple - 18, head.crownY + 120],
    [-head.temple - 16, head.crownY + 40],
    [-70, head.crownY - 26],
    [t, head.crownY - 42],
    [70, head.crownY - 26],
    [head.temple + 16, head.crownY + 40],
    [head.temple + 18, head.crownY + 120],
    [head.temple - 20, head.crownY + 82],
    [t, head.crownY + 62],
    [-head.temple + 20, head.crownY + 82],
  ];
  const rows = ([-1, 1] as const)
    .map((s) => repeat(6, (i) => curl(s * (head.brow + 16 + (i % 2) * 4), head.crownY + 112 + i * 50, 25)))
    .join('');
  const waves = repeat(5, (i) =>
    line(
      openPath([
        [-head.temple - 6 + i * 12, head.crownY + 80 - i * 22],
        [t, head.crownY + 44 - i * 18],
        [head.temple + 6 - i * 12, head.crownY + 80 - i * 22],
      ]),
      shade(color, 0.4),
      4.5,
      0.5,
    ),
  );
  return { behind: '', front: cloth(sitting, cap, color) + waves + rows };
}
