import { index, pgTable, uuid } from '../orm.ts';

/**
 * Uses of presets that are not added to `avatar_presets.usage_count` yet. Appended by the transaction that delivers an avatar, which
 * must not wait for other deliveries of a popular preset. No foreign keys, which would lock the preset's row.
 */
export const presetUses = pgTable(
  'preset_uses',
  {
    generationId: uuid('generation_id').primaryKey(),
    presetId: uuid('preset_id').notNull(),
  },
  (table) => [index('preset_uses_preset').on(table.presetId)],
);
