import type { Manner } from './drawing/manner.ts';
import type { Sitting } from './drawing/sitting.ts';
import { HAT_FIT } from './gear/headwear.ts';

/** Where the sitter stands in the picture, in stage units: the shorter side measures 1000. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const HEAD_SCALE: Readonly<Record<Manner['head'], number>> = { adult: 1.42, film: 1.42, anime: 1.4, chibi: 1.5 };

/** Height above the crown that hair and hats need, figure units. */
function headroom({ person }: Sitting): number {
  const plume = person.worn.plume === undefined ? 0 : 70;
  const fit = person.hat === undefined ? undefined : HAT_FIT[person.hat];
  const hat = Math.max(fit?.rise ?? 40, person.costume === 'spacesuit' ? 96 : 0) + plume;
  if (fit !== undefined && fit.hair !== 'free') return hat;
  if (['afro', 'bun', 'mohawk', 'swept'].includes(person.hairKind)) return Math.max(hat, 96);
  return Math.max(hat, ['spiky', 'twinbuns', 'curly', 'undercut'].includes(person.hairKind) ? 64 : 40);
}

/**
 * Head and shoulders, whatever the aspect: tall pictures show more chest and come closer, wide ones keep the head
 * in the middle so that square crops of them still hold the face.
 */
export function frameFor(sitting: Sitting, widthPx: number, heightPx: number): Frame {
  const short = Math.min(widthPx, heightPx);
  const width = (widthPx / short) * 1000;
  const height = (heightPx / short) * 1000;
  const tall = Math.min(1, Math.max(0, (height - 1000) / 778));
  const room = headroom(sitting);
  const top = sitting.head.crownY - room;
  const scale = HEAD_SCALE[sitting.manner.head] * (1 + tall * 0.12) * (room > 60 ? (room > 150 ? 0.88 : 0.94) : 1);
  const margin = 64 + tall * 210;
  const x = width / 2 - sitting.turned(6) * scale;
  return { width, height, scale, x, y: margin - top * scale };
}
