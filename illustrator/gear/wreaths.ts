import { darken, lighten, type Color } from '../drawing/color.ts';
import { n, openPath } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';

export function crown({ head, turned }: Sitting, color: Color): string {
  const t = turned(8);
  const w = head.temple - 8;
  const y = head.crownY + 44;
  const points = [-1, -0.5, 0, 0.5, 1];
  const teeth = points
    .map(
      (p, i) =>
        `L${n(p * w + t)} ${n(y - (i % 2 ? 70 : 92) + Math.abs(p) * 14)}${i < 4 ? `L${n((p + 0.25) * w + t)} ${n(y - 32 + Math.abs(p + 0.25) * 8)}` : ''}`,
    )
    .join('');
  const body = `M${n(-w + t)} ${n(y + 18)}${teeth}L${n(w + t)} ${n(y + 18)}Q${n(t)} ${n(y - 10)} ${n(-w + t)} ${n(y + 18)}Z`;
  const gems = points
    .map((p, i) =>
      ellipse(
        { x: p * w * 0.86 + t, y: y - 8 + Math.abs(p) * 14, rx: 9, ry: 10 },
        ['#c2384a', '#3f8fd0', '#c2384a', '#3f8fd0', '#c2384a'][i] ?? '#c2384a',
      ),
    )
    .join('');
  return fill(body, color) + line(body, darken(color, 0.4), 4) + gems;
}

export function flowers({ head, turned, random }: Sitting): string {
  const stream = random('flowers');
  return repeat(9, (i) => {
    const a = Math.PI * (1.08 + (0.84 * i) / 8);
    const x = Math.cos(a) * (head.temple + 10) + turned(6);
    const y = head.crownY + 108 + Math.sin(a) * 104;
    const tone = stream.pick(['#f4b8c8', '#fff2dc', '#c7a6e6', '#f6d27a']);
    const petals = repeat(5, (k) =>
      ellipse({ x, y: y - 13, rx: 9, ry: 13 }, tone).replace('/>', ` transform="rotate(${k * 72} ${n(x)} ${n(y)})"/>`),
    );
    return (
      fill(`M${n(x - 22)} ${n(y + 6)}q14 -16 30 0q-14 14 -30 0Z`, '#5f8a58') +
      petals +
      ellipse({ x, y, rx: 6, ry: 6 }, '#e6b34a')
    );
  });
}

export function headphones({ head, turned }: Sitting, color: Color): string {
  const w = head.brow + 8;
  const arc = openPath([
    [-w, head.eyeY],
    [-w + 4, head.crownY + 80],
    [turned(4), head.crownY - 40],
    [w - 4, head.crownY + 80],
    [w, head.eyeY],
  ]);
  const cup = (s: 1 | -1): string =>
    ellipse({ x: s * (w + 4), y: head.eyeY + 22, rx: 30, ry: 46 }, darken(color, 0.35)) +
    ellipse({ x: s * (w + 12), y: head.eyeY + 22, rx: 20, ry: 36 }, lighten(color, 0.12)) +
    ellipse({ x: s * (w + 14), y: head.eyeY + 22, rx: 9, ry: 18 }, '#ffffff', 0.35);
  return line(arc, darken(color, 0.4), 24) + line(arc, color, 13) + cup(-1) + cup(1);
}
