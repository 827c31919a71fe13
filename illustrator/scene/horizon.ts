import { n, openPath, type Curve } from '../drawing/geometry.ts';
import { ellipse, fill } from '../drawing/svg.ts';
import type { Stage } from './stage.ts';

/** A rolling horizon filled to the bottom. */
export function ridge(
  { width: w, height: h, random }: Stage,
  y: number,
  swing: number,
  paint: string,
  step = 260,
): string {
  const points: Curve = Array.from(
    { length: Math.ceil(w / step) + 3 },
    (_, i) => [(i - 1) * step, y + random.between(-swing, swing)] as const,
  );
  return fill(`${openPath(points)}L${n(w + step * 2)} ${n(h + 20)}L-${step} ${n(h + 20)}Z`, paint);
}

export function cloud(x: number, y: number, size: number, paint: string, opacity: number): string {
  return [
    [0, 0, 1],
    [-0.8, 0.22, 0.62],
    [0.8, 0.2, 0.7],
    [0.3, -0.28, 0.72],
  ]
    .map(([dx = 0, dy = 0, s = 1]) =>
      ellipse({ x: x + dx * size, y: y + dy * size, rx: size * s, ry: size * s * 0.52 }, paint, opacity),
    )
    .join('');
}
