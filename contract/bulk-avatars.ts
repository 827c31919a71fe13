import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { attributeChanges } from './avatar.ts';
import { text, uuid } from './text.ts';

const AN_AVATAR = '01939ca1-5c1e-7b53-9d51-2f8e3c9a7e10';
const A_PROJECT = '01939ca0-11aa-7c40-8b1e-6a1d2f3b4c5d';
/** Avatars that one request can change. */
export const BULK_MAX = 200;
const ids = z
  .array(uuid)
  .min(1)
  .max(BULK_MAX)
  .refine((list) => new Set(list).size === list.length, {
    error: 'must not name an avatar twice',
  })
  .meta({ uniqueItems: true });

/** Each bulk action with its parameters. */
export const bulkAvatars = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('move'), ids, projectId: uuid }),
    z.strictObject({ action: z.literal('trash'), ids }),
    z.strictObject({ action: z.literal('restore'), ids, projectId: uuid.optional() }),
    z.strictObject({ action: z.literal('delete'), ids }),
  ])
  .meta({ id: 'BulkAvatars', examples: [{ action: 'move', ids: [AN_AVATAR], projectId: A_PROJECT }] });
export type BulkAvatars = z.infer<typeof bulkAvatars>;

const ATTRIBUTE_CHANGES_EXAMPLE = { gender: 'woman', hairColor: null } as const;

/** PATCH /avatars: each avatar with its changes. */
export const updateAvatars = z
  .strictObject({
    changes: z
      .array(
        z.strictObject({
          id: uuid,
          name: text(AVATAR_NAME_MAX_LENGTH).optional(),
          attributes: attributeChanges.optional(),
          favorite: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(BULK_MAX)
      .refine((changes) => new Set(changes.map(({ id }) => id)).size === changes.length, {
        error: 'must not name an avatar twice',
      })
      .meta({ uniqueItems: true }),
  })
  .meta({
    id: 'UpdateAvatars',
    description: 'Omitted fields are not changed; null clears an attribute',
    examples: [{ changes: [{ id: AN_AVATAR, name: 'Guard 2', attributes: ATTRIBUTE_CHANGES_EXAMPLE }] }],
  });
export type UpdateAvatars = z.infer<typeof updateAvatars>;

export const avatarsUpdated = z
  .strictObject({
    changed: z.number().int().meta({ description: 'Number of avatars that were different before' }),
  })
  .meta({ id: 'AvatarsUpdated', examples: [{ changed: 1 }] });

/** POST /avatars/download. */
export const downloadAvatars = z
  .strictObject({ ids })
  .meta({ id: 'DownloadAvatars', examples: [{ ids: [AN_AVATAR] }] });

export const bulkResult = z
  .strictObject({
    action: z.enum(['move', 'trash', 'restore', 'delete']),
    count: z
      .number()
      .int()
      .meta({ description: 'Number of avatars in the request; all of them are in the requested state now' }),
    changed: z.number().int().meta({ description: 'Number of avatars that were not in that state before' }),
  })
  .meta({ id: 'BulkResult', examples: [{ action: 'move', count: 1, changed: 1 }] });
