import { bodyOf, neckY } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { star } from '../costume/pattern.ts';

const scale = (sitting: Sitting): number => bodyOf(sitting).shoulder / 210;

function chainCurve(sitting: Sitting, drop: number): Curve {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  return [
    [-neck - 10, y + 4],
    [-neck * 0.7, y + drop * 0.66],
    [0, y + drop],
    [neck * 0.7, y + drop * 0.66],
    [neck + 10, y + 4],
  ];
}

export function necklace(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const d = openPath(chainCurve(sitting, 112));
  return (
    line(d, darken(color, 0.4), 10) +
    line(d, color, 6.5) +
    ellipse({ x: 0, y: y + 130, rx: 23, ry: 25 }, color) +
    ellipse({ x: 0, y: y + 130, rx: 13, ry: 15 }, lighten(color, 0.45)) +
    ellipse({ x: -5, y: y + 123, rx: 4, ry: 5 }, '#ffffff', 0.9)
  );
}

export function beads(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  return repeat(11, (i) => {
    const t = (i - 5) / 5;
    const x = t * (neck + 10);
    const by = y + 52 - t * t * 56;
    return (
      ellipse({ x, y: by, rx: 9.5, ry: 9.5 }, shade(color, 0.2)) +
      ellipse({ x: x - 1, y: by - 1, rx: 8, ry: 8 }, color) +
      ellipse({ x: x - 3, y: by - 3, rx: 2.6, ry: 2.6 }, '#ffffff', 0.9)
    );
  });
}

export function choker(sitting: Sitting, color: Color): string {
  const y = neckY(sitting) - 26;
  const { neck } = bodyOf(sitting);
  return (
    line(
      openPath([
        [-neck - 1, y - 12],
        [0, y + 10],
        [neck + 1, y - 12],
      ]),
      color,
      19,
    ) + ellipse({ x: 0, y: y + 16, rx: 9, ry: 10 }, '#c9ccd2')
  );
}

export function lei(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const tones: Color[] = [color, '#fff2dc', '#f2b84a', lighten(color, 0.3)];
  return repeat(13, (i) => {
    const t = (i - 6) / 6;
    const x = t * (neck + 46);
    const fy = y + 128 - t * t * 130;
    const petals = repeat(5, (p) =>
      ellipse({ x: x + Math.cos(p * 1.257) * 13, y: fy + Math.sin(p * 1.257) * 13, rx: 12, ry: 12 }, tones[i % 4]!),
    );
    return petals + ellipse({ x, y: fy, rx: 7, ry: 7 }, '#d8862f');
  });
}

export function stethoscope(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const k = scale(sitting);
  const tube = (s: 1 | -1): string =>
    line(
      openPath([
        [s * 78 * k, y + 2],
        [s * 92 * k, y + 64],
        [s * 60 * k, y + 118],
        [-20 * k, y + 136],
      ]),
      color,
      9,
    );
  return (
    tube(-1) +
    tube(1) +
    line(`M${n(-20 * k)} ${n(y + 136)}L${n(-24 * k)} ${n(y + 168)}`, color, 9) +
    ellipse({ x: -24 * k, y: y + 176, rx: 19, ry: 19 }, '#b9c3cc') +
    ellipse({ x: -24 * k, y: y + 176, rx: 11, ry: 11 }, '#e9eef2')
  );
}

export function medals(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const k = scale(sitting);
  const ribbons: Color[] = ['#b23a3c', '#2c4272', '#3f7a57'];
  if (sitting.person.costume === 'uniform' || sitting.person.costume === 'suit')
    return ribbons
      .map(
        (tone, i) =>
          fill(`M${n((74 + i * 34) * k)} ${n(y + 92)}h${n(26 * k)}v40h${n(-26 * k)}Z`, tone) +
          ellipse({ x: (87 + i * 34) * k, y: y + 146, rx: 15, ry: 15 }, color) +
          star((87 + i * 34) * k, y + 146, 10, lighten(color, 0.5)),
      )
      .join('');
  return (
    line(
      openPath([
        [-60 * k, y + 8],
        [-30 * k, y + 120],
        [0, y + 200],
      ]),
      '#2c4272',
      20,
    ) +
    line(
      openPath([
        [60 * k, y + 8],
        [30 * k, y + 120],
        [0, y + 200],
      ]),
      '#b23a3c',
      20,
    ) +
    ellipse({ x: 0, y: y + 166, rx: 38, ry: 38 }, darken(color, 0.25)) +
    ellipse({ x: 0, y: y + 166, rx: 31, ry: 31 }, color) +
    star(0, y + 166, 20, lighten(color, 0.5))
  );
}

export function badge(sitting: Sitting, color: Color): string {
  const y = neckY(sitting);
  const x = 104 * scale(sitting);
  return (
    star(x, y + 122, 38, darken(color, 0.35)) +
    star(x, y + 121, 33, color) +
    ellipse({ x, y: y + 122, rx: 10, ry: 10 }, lighten(color, 0.5))
  );
}
