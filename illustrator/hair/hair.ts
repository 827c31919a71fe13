import { closedPath } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, fill, group } from '../drawing/svg.ts';
import { faceOutline } from '../face/head.ts';
import { HAT_FIT } from '../gear/headwear.ts';
import type { HairPiece } from './fitted.ts';
import { longHair } from './long-hair.ts';
import { drawPanel, panelOutline } from './panel.ts';
import { shortHair } from './short-hair.ts';
import { texturedHair } from './textured-hair.ts';
import { tiedHair } from './tied-hair.ts';

export interface HairArt {
  /** Behind neck and face. */
  readonly back: string;
  /** Over the face. */
  readonly front: string;
  /** What the front hair casts on the face. */
  readonly shadow: string;
}

/** Hats press hair flat: above this line (figure units) hair is hidden under them. */
const HAT_LINE_Y = -92;

export function drawHair(sitting: Sitting): HairArt {
  const pieces = piecesOf(sitting);
  const random = sitting.random('strands');
  const art = { back: '', front: '', shadow: '' };
  for (const piece of pieces) {
    art[piece.layer] += 'svg' in piece ? piece.svg : drawPanel(sitting, piece, random);
    if (!('svg' in piece) && piece.casts) art.shadow += fill(panelOutline(piece), sitting.palette.skinDeep);
  }
  const soft = sitting.manner.shading === 'soft';
  const cast = group(art.shadow, `opacity="${soft ? 0.36 : 0.42}" transform="translate(5 ${soft ? 15 : 13})"`);
  const shadow =
    sitting.manner.eyes === 'dot' ? '' : clipped(cast, sitting.defs.clip(closedPath(faceOutline(sitting))));
  const { hat } = sitting.person;
  const fit = hat === undefined ? 'free' : HAT_FIT[hat].hair;
  if (fit === 'hidden') return { back: '', front: '', shadow: '' };
  if (fit === 'covered') {
    const below = sitting.defs.clip(`M-600 ${HAT_LINE_Y}H600V1600H-600Z`);
    return { back: clipped(art.back, below), front: clipped(art.front, below), shadow };
  }
  return { ...art, shadow };
}

function piecesOf(sitting: Sitting): readonly HairPiece[] {
  switch (sitting.person.hairKind) {
    case 'none':
      return [];
    case 'buzz':
    case 'short':
    case 'swept':
    case 'slick':
    case 'undercut':
    case 'spiky':
    case 'mohawk':
    case 'pixie':
      return shortHair(sitting, sitting.person.hairKind);
    case 'bob':
    case 'bangs':
    case 'medium':
    case 'long':
    case 'wavy':
      return longHair(sitting, sitting.person.hairKind);
    case 'curly':
    case 'ringlets':
    case 'afro':
    case 'dreads':
      return texturedHair(sitting, sitting.person.hairKind);
    case 'braid':
    case 'ponytail':
    case 'bun':
    case 'twinbuns':
    case 'pigtails':
      return tiedHair(sitting, sitting.person.hairKind);
  }
}
