import type { Style } from '#domain/prompt/style.ts';
import type { Told } from '../reading/told.ts';
import type { SceneName } from './scene-names.ts';

const BY_STYLE: Readonly<Record<Style, SceneName>> = {
  photorealistic: 'studio',
  anime: 'hills',
  chibi: 'pastel',
  '3d': 'bokeh',
  clay: 'felt',
  comic: 'burst',
  vector: 'plain',
  fantasy: 'dusk',
  'sci-fi': 'space',
  cyberpunk: 'neon',
  'post-apocalyptic': 'desert',
  classical: 'drape',
  watercolor: 'paper',
  pixel: 'plain',
  noir: 'blinds',
};

/** The place that the prompt names, else the style's own set. */
export const sceneFor = (style: Style, { scene }: Told): SceneName => scene ?? BY_STYLE[style];
