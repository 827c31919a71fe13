import type { presetsRoutes } from '#contract/routes/presets.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createPreset } from './create.ts';
import { deletePreset } from './delete.ts';
import { listPresets } from './list.ts';
import { presentPresets } from './present.ts';
import { readPreset } from './read.ts';
import { updatePreset } from './update.ts';

export function presetHandlers({ database, store, gallery }: HandlersDeps): HandlersOf<typeof presetsRoutes> {
  const deps = { database, gallery, present: presentPresets(store) };
  return {
    listPresets: listPresets(deps),
    createPreset: createPreset(deps),
    readPreset: readPreset(deps),
    updatePreset: updatePreset(deps),
    deletePreset: deletePreset(deps),
  };
}
