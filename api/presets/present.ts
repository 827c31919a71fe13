import type { ImageStore } from '#activities/storage/port.ts';
import type { Preset } from '#contract/preset.ts';
import type { Preset as PresetRow } from '#drizzle/queries/avatars/presets.ts';

export type PresentPreset = (row: PresetRow) => Promise<Preset>;

export function presentPresets(store: Pick<ImageStore, 'signedUrl'>): PresentPreset {
  return async (row) => ({
    id: row.id,
    own: row.accountId !== null,
    name: row.name,
    category: row.category,
    prompt: row.prompt,
    personaTemplate: row.personaTemplate,
    attributes: row.attributes,
    previewImageUrl: row.previewObject && (await store.signedUrl(row.previewObject)),
    usageCount: row.usageCount,
  });
}
