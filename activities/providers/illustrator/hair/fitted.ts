import { shifted, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Panel } from './panel.ts';

/** One piece of a hairstyle in drawing order. */
export type HairPiece = Panel | { readonly layer: 'back' | 'front'; readonly svg: string };

/** Fits a curve drawn on the adult head to this head, and turns it with the face (`depth` as in `turned`). */
export function fitted({ head, turned }: Sitting, curve: Curve, depth = 6): Curve {
  const kx = head.brow / 129;
  const ky = head.crownY / -184;
  const lower = Math.max(0, head.eyeY - 6) * 0.6;
  const scaled = curve.map(([x, y]) => [x * kx, y < 0 ? y * ky + lower * (1 + y / 200) : y] as const);
  return shifted(scaled, turned(depth), 0);
}
