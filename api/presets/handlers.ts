import type { presetsRoutes } from '../../contract/routes/presets.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../handlers.ts';
import { listPresets } from './list.ts';
import { presentPresets } from './present.ts';
import { readPreset } from './read.ts';

export function presetHandlers({ database, store }: HandlersDeps): HandlersOf<typeof presetsRoutes> {
  const deps = { database, present: presentPresets(store) };
  return {
    listPresets: listPresets(deps),
    readPreset: readPreset(deps),
  };
}
