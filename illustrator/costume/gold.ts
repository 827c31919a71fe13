import type { Color } from '../drawing/color.ts';

export const GOLD: Color = '#d0a23f';
