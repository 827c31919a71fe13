import { colorOf } from './color-terms.ts';
import type { Phrase } from './phrases.ts';
import type { SceneName } from '../scene/scene-names.ts';
import type { Told } from './told.ts';

/** Times of day and ways of light: any place named besides is drawn instead. */
const TIMES: ReadonlySet<SceneName> = new Set(['moonlit', 'dusk', 'studio', 'bokeh', 'night', 'snow']);

/** Where it is: the first place said, a plain background in its color, and the weather. */
export function sceneSlots(told: Told, phrases: readonly Phrase[]): void {
  for (const { head, modifiers, negated } of phrases) {
    if (negated || head === undefined) continue;
    if (head.is === 'background') {
      const color = colorOf(modifiers, 'background');
      if (color === undefined) continue;
      told.scene ??= 'plain';
      told.sceneColor ??= color;
    }
    if (head.is === 'place') {
      if (told.scene === undefined || (TIMES.has(told.scene) && !TIMES.has(head.scene))) told.scene = head.scene;
      const color = head.scene === 'plain' ? colorOf(modifiers, 'background') : undefined;
      if (color !== undefined) told.sceneColor ??= color;
    }
    if (head.is === 'weather') told.weather ??= head.weather;
  }
}
