import type { Preset } from '#contract/preset.ts';
import { styleSample } from './style-samples.ts';

/** An image of each preset of the starting gallery, drawn by our own illustrator. */
const files = import.meta.glob<string>('./presets/*.webp', { eager: true, query: '?url', import: 'default' });

/** For a preset without an image of its own: ours, else one of its style. */
export function presetSample({ name, attributes }: Pick<Preset, 'name' | 'attributes'>): string | undefined {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  return files[`./presets/${slug}.webp`] ?? (attributes.style && styleSample(attributes.style));
}
