import { z } from 'zod';
import { KEEPER_REASONS } from '#domain/avatar/duplicates.ts';
import { avatar } from './avatar.ts';
import { exampleOf } from './example-of.ts';
import { LIST_LIMIT_MAX, listOf } from './list.ts';
import { uuid } from './text.ts';
import { lookalike } from './upload.ts';

const SIMILAR_DEFAULT = 20;
const RESOLVED_MAX = 200;
/** Members of a group in the response; `count` is the number of all. */
export const MEMBERS_SHOWN = 50;

export const similarQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(SIMILAR_DEFAULT),
});

const example = exampleOf(avatar);
const { id: AN_AVATAR } = example;
const ANOTHER = '01939ca2-7f40-7e21-9a3b-4c5d6e7f8091';

const { match, distance } = lookalike.shape;
const similarAvatar = z.strictObject({ avatar, match, distance });

/** All similar avatars up to the limit, the most similar first. */
export const similarAvatars = z
  .strictObject({ data: z.array(similarAvatar).max(LIST_LIMIT_MAX) })
  .meta({ id: 'SimilarAvatars', examples: [{ data: [{ avatar: example, match: 'near', distance: 2 }] }] });

const duplicateGroup = z
  .strictObject({
    match: match.meta({ description: 'exact: identical bytes; near: visually the same' }),
    count: z.number().int().min(2),
    keeper: z.strictObject({
      avatarId: uuid,
      reason: z.enum(KEEPER_REASONS).meta({ description: 'What distinguishes it from the second choice' }),
    }),
    avatars: z
      .array(avatar)
      .max(MEMBERS_SHOWN)
      .meta({ description: 'The avatar that is suggested to be kept, then the others, newest first' }),
  })
  .meta({
    id: 'DuplicateGroup',
    examples: [
      {
        match: 'near',
        count: 2,
        keeper: { avatarId: AN_AVATAR, reason: 'most_used' },
        avatars: [example, { ...example, id: ANOTHER }],
      },
    ],
  });
export type DuplicateGroup = z.infer<typeof duplicateGroup>;
export const duplicateGroupList = listOf(duplicateGroup).meta({ id: 'DuplicateGroupList' });

export const resolveDuplicates = z
  .strictObject({
    retain: uuid,
    trash: z
      .array(uuid)
      .min(1)
      .max(RESOLVED_MAX)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'must not name an avatar twice' })
      .meta({ uniqueItems: true }),
  })
  .refine(({ retain, trash }) => !trash.includes(retain), {
    path: ['trash'],
    error: 'must not contain the avatar to retain',
  })
  .meta({ id: 'ResolveDuplicates', examples: [{ retain: AN_AVATAR, trash: [ANOTHER] }] });

export const resolvedDuplicates = z
  .strictObject({ retained: uuid, trashed: z.array(uuid) })
  .meta({ id: 'ResolvedDuplicates', examples: [{ retained: AN_AVATAR, trashed: [ANOTHER] }] });
