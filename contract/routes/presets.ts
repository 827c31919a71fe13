import { createPreset, preset, presetList, presetListQuery, updatePreset } from '../preset.ts';
import { NO_CONTENT, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Presets: the public gallery, and those of the caller. */
export const presetsRoutes = {
  listPresets: {
    method: 'get',
    path: '/presets',
    tag: 'Presets',
    summary: 'List the caller’s presets, newest first, then the public gallery',
    access: 'avatars:read',
    onBehalf: true,
    query: presetListQuery,
    replies: { 200: presetList },
  },
  createPreset: {
    method: 'post',
    path: '/presets',
    tag: 'Presets',
    summary: 'Create a preset, optionally from an avatar',
    access: 'avatars:write',
    body: createPreset,
    idempotent: true,
    replies: { 201: preset },
    problems: ['not_found', 'conflict', 'prompt_not_allowed'],
  },
  readPreset: {
    method: 'get',
    path: '/presets/:id',
    tag: 'Presets',
    summary: 'Read a preset',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: preset },
  },
  updatePreset: {
    method: 'patch',
    path: '/presets/:id',
    tag: 'Presets',
    summary: 'Change a preset of the caller',
    access: 'avatars:write',
    params: byId,
    body: updatePreset,
    replies: { 200: preset },
    problems: ['prompt_not_allowed'],
  },
  deletePreset: {
    method: 'delete',
    path: '/presets/:id',
    tag: 'Presets',
    summary: 'Delete a preset of the caller; avatars generated from it are not changed',
    access: 'avatars:delete',
    params: byId,
    replies: { 204: NO_CONTENT },
  },
} as const satisfies Record<string, Route>;
