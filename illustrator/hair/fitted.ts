import { shifted, type Curve } from '../drawing/geometry.ts';
import type { Manner } from '../drawing/manner.ts';
import type { Sitting } from '../drawing/sitting.ts';
import type { Panel } from './panel.ts';

/** One piece of a hairstyle in drawing order. */
export type HairPiece = Panel | { readonly layer: 'back' | 'front'; readonly svg: string };

/** Big eyes sit low: the hairline comes down with them, while crown and tips stay. Figure units. */
const HAIRLINE_DROP: Readonly<Record<Manner['head'], number>> = { adult: 8, film: 14, anime: 30, chibi: 36 };

/** How tall hair stands over this skull, against the adult one it is drawn for. */
const HEIGHT: Readonly<Record<Manner['head'], number>> = { adult: 0.97, film: 1, anime: 1.03, chibi: 1.04 };

/** Fits a curve drawn on the adult head to this head, and turns it with the face (`depth` as in `turned`). */
export function fitted({ head, turned, manner }: Sitting, curve: Curve, depth = 6): Curve {
  const kx = head.brow / 129;
  const ky = HEIGHT[manner.head];
  const drop = HAIRLINE_DROP[manner.head];
  const scaled = curve.map(([x, y]) => {
    const between = y < 0 && y > -200 ? Math.sin((Math.PI * -y) / 200) : 0;
    return [x * kx, (y < 0 ? y * ky : y) + drop * between] as const;
  });
  return shifted(scaled, turned(depth), 0);
}
