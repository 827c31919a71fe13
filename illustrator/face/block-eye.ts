import { darken, lighten, saturate } from '../drawing/color.ts';
import { n, type Point } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';

/** About one block of pixel art in figure units, at the usual framing. */
export const BLOCK = 9.3;

/** An eye of whole blocks: lash, white, iris with pupil and one light. */
export function drawBlockEye({ person, turned }: Sitting, side: 1 | -1, [cx, cy]: Point): string {
  const block = (x: number, y: number, w: number, h: number, paint: string): string =>
    `<rect x="${n(cx + x * BLOCK)}" y="${n(cy + y * BLOCK)}" width="${n(w * BLOCK)}" height="${n(h * BLOCK)}" fill="${paint}"/>`;
  const look = Math.sign(turned(1)) * -0.2;
  const iris = saturate(person.eye, 1.25);
  const wing = person.feminine > 0.4 ? block(side > 0 ? 2.5 : -3.5, -2.5, 1, 1, '#17131c') : '';
  return (
    block(-2.5, -1.5, 5, 4, '#ffffff') +
    block(-1.5 + look, -1.5, 3, 4, iris) +
    block(-1.5 + look, 1.5, 3, 1, lighten(iris, 0.4)) +
    block(-0.5 + look, -1.5, 2, 2, darken(iris, 0.75)) +
    block(-1.5 + look, -1.5, 1, 1, '#ffffff') +
    block(-2.5, -2.5, 5, 1, '#17131c') +
    wing
  );
}
