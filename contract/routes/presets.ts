import { preset, presetList, presetListQuery } from '../preset.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';

/** Starting points. */
export const presetsRoutes = {
  listPresets: {
    method: 'get',
    path: '/presets',
    tag: 'Presets',
    summary: 'The starting gallery',
    access: 'avatars:read',
    query: presetListQuery,
    replies: { 200: presetList },
  },
  readPreset: {
    method: 'get',
    path: '/presets/:id',
    tag: 'Presets',
    summary: 'One preset',
    access: 'avatars:read',
    params: byId,
    replies: { 200: preset },
  },
} as const satisfies Record<string, Route>;
