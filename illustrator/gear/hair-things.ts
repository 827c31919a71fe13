import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';

export function hairFlower({ head, turned }: Sitting, color: Color): string {
  const x = -head.temple - 2 + turned(4);
  const y = head.eyeY - 62;
  const petals = repeat(6, (i) => {
    const a = (i / 6) * Math.PI * 2;
    return ellipse(
      { x: x + Math.cos(a) * 24, y: y + Math.sin(a) * 24, rx: 21, ry: 21 },
      i % 2 ? color : lighten(color, 0.16),
    );
  });
  return (
    fill(`M${n(x + 10)} ${n(y + 26)}q36 10 44 -20q-36 -12 -44 20Z`, '#5f8a58') +
    petals +
    ellipse({ x, y, rx: 13, ry: 13 }, '#f2c14e')
  );
}

export function hairBow(sitting: Sitting, color: Color): string {
  const { head } = sitting;
  const x = head.temple * 0.62;
  const y = head.crownY + 6;
  const loop = (s: 1 | -1): Curve => [
    [x + s * 6, y - 8],
    [x + s * 62, y - 44],
    [x + s * 76, y + 2],
    [x + s * 58, y + 40],
    [x + s * 6, y + 10],
  ];
  return (
    cloth(sitting, loop(-1), color) +
    cloth(sitting, loop(1), shade(color, 0.12)) +
    ellipse({ x, y, rx: 17, ry: 18 }, darken(color, 0.18))
  );
}

export function plume(sitting: Sitting, color: Color): string {
  const { head, person } = sitting;
  const s = person.turn >= 0 ? -1 : 1;
  const x = s * (head.temple - 8);
  const y = head.crownY + 34;
  const vane: Curve = [
    [x, y + 8],
    [x + s * 24, y - 76],
    [x + s * 78, y - 152],
    [x + s * 152, y - 170],
    [x + s * 186, y - 128],
    [x + s * 128, y - 108],
    [x + s * 70, y - 52],
    [x + s * 22, y + 12],
  ];
  const barbs = repeat(7, (i) =>
    line(`M${n(x + s * (26 + i * 20))} ${n(y - 50 - i * 15)}l${n(s * 26)} ${n(14 - i)}`, shade(color, 0.5), 3.5, 0.55),
  );
  return (
    cloth(sitting, vane, color) +
    line(
      openPath([
        [x + s * 4, y + 6],
        [x + s * 46, y - 80],
        [x + s * 116, y - 140],
        [x + s * 172, y - 136],
      ]),
      shade(color, 0.4),
      5,
      0.8,
    ) +
    barbs
  );
}
