import { Layers, type LucideIcon, Palette, ScanFace } from 'lucide-react';
import type { ReferenceMode } from '#domain/generation/mode.ts';

/** What can be generated from an avatar's image, as buttons and menus show it. */
export const MODE_ACTIONS: Readonly<Record<ReferenceMode, { readonly icon: LucideIcon; readonly label: string }>> = {
  variation: { icon: Layers, label: 'Create variations' },
  style: { icon: Palette, label: 'Restyle' },
  reference: { icon: ScanFace, label: 'Use as reference' },
};
