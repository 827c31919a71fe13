import { cloth } from '../costume/cloth.ts';
import { darken, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, glow, line } from '../drawing/svg.ts';

export function pipe({ head, turned, person, defs }: Sitting, color: Color): string {
  const s = person.turn >= 0 ? 1 : -1;
  const x = turned(25) + s * 22;
  const y = head.mouthY + 4;
  const bowl = `M${n(x + s * 78)} ${n(y + 6)}h${n(s * 46)}l${n(s * -5)} 50q${n(s * -18)} 14 ${n(s * -36)} 0Z`;
  const smoke = [0, 1, 2]
    .map((i) =>
      glow(
        defs,
        { x: x + s * (106 + i * 14), y: y - 40 - i * 46, rx: 26 + i * 9, ry: 24 + i * 6 },
        '#f1eee8',
        0.62 - i * 0.13,
      ),
    )
    .join('');
  return (
    smoke +
    line(
      openPath([
        [x, y],
        [x + s * 50, y + 14],
        [x + s * 88, y + 42],
      ]),
      darken(color, 0.35),
      13,
    ) +
    fill(bowl, color) +
    line(`M${n(x + s * 78)} ${n(y + 8)}h${n(s * 46)}`, '#241712', 11) +
    ellipse({ x: x + s * 101, y: y + 6, rx: 17, ry: 4.5 }, '#e07a34', 0.8)
  );
}

export function smokes(
  { head, turned, person, defs }: Sitting,
  color: Color,
  width: number,
  length: number,
  ember: Color,
): string {
  const s = person.turn >= 0 ? 1 : -1;
  const x = turned(25) + s * 14;
  const y = head.mouthY + 5;
  const [tx, ty] = [x + s * length, y + 16];
  const smoke = [0, 1, 2]
    .map((i) =>
      glow(defs, { x: tx + s * (6 + i * 12), y: ty - 30 - i * 46, rx: 20 + i * 9, ry: 26 }, '#f1eee8', 0.55 - i * 0.12),
    )
    .join('');
  return (
    smoke +
    line(`M${n(x)} ${n(y)}L${n(tx)} ${n(ty)}`, darken(color, 0.35), width + 3) +
    line(`M${n(x)} ${n(y)}L${n(tx)} ${n(ty)}`, color, width) +
    line(`M${n(tx - s * 3)} ${n(ty)}l${n(s * 4)} 1`, ember, width)
  );
}

/** Cloth from nose to chin, with its loops. */
export function mask(sitting: Sitting, color: Color): string {
  const { head, turned } = sitting;
  const t = turned(14);
  const shape: Curve = [
    [-head.cheek + 2 + turned(2), head.cheekY - 16],
    [-40 + t, head.noseY - 30],
    [turned(26), head.noseY - 38],
    [40 + t, head.noseY - 30],
    [head.cheek - 2 + turned(2), head.cheekY - 16],
    [head.jaw + 4 + turned(6), head.jawY + 4],
    [head.chin + 12 + turned(12), head.chinY - 4],
    [turned(15), head.chinY + 9],
    [-head.chin - 12 + turned(12), head.chinY - 4],
    [-head.jaw - 4 + turned(6), head.jawY + 4],
  ];
  const folds = [0, 1, 2]
    .map((i) =>
      line(
        openPath([
          [-head.jaw * 0.86 + t, head.mouthY - 24 + i * 26],
          [turned(25), head.mouthY - 10 + i * 25],
          [head.jaw * 0.86 + t, head.mouthY - 24 + i * 26],
        ]),
        shade(color, 0.6),
        4,
        0.45,
      ),
    )
    .join('');
  return (
    cloth(sitting, shape, color) +
    folds +
    line(
      openPath([
        [turned(26) - 4, head.noseY - 34],
        [turned(30), head.noseY - 8],
        [turned(28), head.noseY + 12],
      ]),
      shade(color, 0.5),
      5,
      0.35,
    )
  );
}
