import type { Colour } from '../drawing/colour.ts';

export const GOLD: Colour = '#d0a23f';
