import { cloth, neckY } from '../costume/cloth.ts';
import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { dome } from './caps.ts';
import type { Headwear } from './worn.ts';

/** Thin cloth from the crown down behind the shoulders; the hair shows through. */
export function veil(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(6);
  const y = neckY(sitting);
  const fall: Curve = [
    [t, head.crownY - 30],
    [-128, head.crownY + 6],
    [-196, 20],
    [-232, y + 60],
    [-280, y + 420],
    [280, y + 420],
    [232, y + 60],
    [196, 20],
    [128, head.crownY + 6],
  ];
  const edge = (s: 1 | -1): Curve => [
    [t, head.crownY - 32],
    [s * 126, head.crownY + 4],
    [s * 198, 20],
    [s * 236, y + 60],
    [s * 282, y + 420],
    [s * 190, y + 420],
    [s * 164, y + 40],
    [s * 150, 20],
    [s * 104, head.crownY + 44],
    [t, head.crownY + 14],
  ];
  const flowers = repeat(7, (i) => {
    const p = (i - 3) / 3;
    return ellipse(
      { x: t + p * 96, y: head.crownY + 4 + p * p * 34, rx: 16, ry: 15 },
      i % 2 ? lighten(color, 0.4) : shade(color, 0.1),
    );
  });
  return {
    behind: fill(closedPath(fall), color, 0.55),
    front:
      fill(closedPath(edge(-1)), color, 0.72) +
      fill(closedPath(edge(1)), shade(color, 0.06), 0.72) +
      line(openPath(edge(-1).slice(0, 5)), lighten(color, 0.4), 4, 0.8) +
      line(openPath(edge(1).slice(0, 5)), lighten(color, 0.4), 4, 0.8) +
      flowers,
  };
}

/** White band at the brow, dark veil over it. */
export function wimple(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = neckY(sitting);
  const inner = `M${n(t)} ${n(head.crownY + 72)}C${n(-92 + t)} ${n(head.crownY + 72)} ${n(-head.cheek + 6 + t)} -36 ${n(-head.cheek + 14 + t)} 40C${n(-head.jaw + 8 + t)} 112 ${n(-56 + t)} ${n(head.chinY + 2)} ${n(t * 1.5)} ${n(head.chinY + 6)}C${n(56 + t)} ${n(head.chinY + 2)} ${n(head.jaw - 8 + t)} 112 ${n(head.cheek - 14 + t)} 40C${n(head.cheek - 6 + t)} -36 ${n(92 + t)} ${n(head.crownY + 72)} ${n(t)} ${n(head.crownY + 72)}Z`;
  const outer: Curve = [
    [t, head.crownY + 20],
    [-110, head.crownY + 46],
    [-146, 0],
    [-136, 110],
    [-110, y + 20],
    [-150, y + 120],
    [0, y + 170],
    [150, y + 120],
    [110, y + 20],
    [136, 110],
    [146, 0],
    [110, head.crownY + 46],
  ];
  const side = (s: 1 | -1): Curve => [
    [t * 0.5, head.crownY - 38],
    [s * 128, head.crownY + 2],
    [s * 178, -40],
    [s * 186, 90],
    [s * 214, y + 200],
    [s * 130, y + 210],
    [s * 124, 110],
    [s * 132, -20],
    [s * 96, head.crownY + 40],
    [t * 0.6, head.crownY + 18],
  ];
  return {
    behind: '',
    front:
      `<path fill-rule="evenodd" d="${closedPath(outer)}${inner}" fill="#f5f2ea"/>` +
      line(inner, shade('#f5f2ea', 0.4), sitting.manner.lineWidth || 4, 0.7) +
      cloth(sitting, side(-1), lighten(color, 0.06)) +
      cloth(sitting, side(1), color),
  };
}

/** Striped royal cloth that falls beside the neck. */
export function nemes(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = neckY(sitting);
  const blue: Color = '#2c4f9a';
  const lappet = (s: 1 | -1): Curve => [
    [s * 60, head.crownY + 16],
    [s * 150, head.crownY + 84],
    [s * 198, 60],
    [s * 176, y - 20],
    [s * 128, y + 40],
    [s * 120, y + 260],
    [s * 58, y + 260],
    [s * 66, y + 20],
    [s * (head.cheek - 4), 60],
    [s * (head.brow - 12), -50],
  ];
  const bars = (s: 1 | -1): string =>
    repeat(11, (i) => line(`M${n(s * 40)} ${n(-60 + i * 46)}L${n(s * 240)} ${n(-90 + i * 46)}`, blue, 17));
  const top = dome(sitting, 138, 14);
  return {
    behind: '',
    front:
      ([-1, 1] as const)
        .map((s) => cloth(sitting, lappet(s), color) + clipped(bars(s), sitting.defs.clip(closedPath(lappet(s)))))
        .join('') +
      cloth(sitting, top, color) +
      clipped(
        repeat(7, (i) =>
          line(
            openPath([
              [t + (i - 3) * 14, head.crownY - 60],
              [t + (i - 3) * 36, head.crownY],
              [t + (i - 3) * 46, head.crownY + 70],
            ]),
            blue,
            15,
          ),
        ),
        sitting.defs.clip(closedPath(top)),
      ) +
      line(
        openPath([
          [-head.temple - 8, head.crownY + 80],
          [t, head.crownY + 58],
          [head.temple + 8, head.crownY + 80],
        ]),
        lighten(color, 0.2),
        22,
      ) +
      fill(`M${n(t - 14)} ${n(head.crownY + 56)}q14 -80 14 -80q18 34 14 80Z`, '#c99a34'),
  };
}
