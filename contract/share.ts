import { z } from 'zod';
import { SHARE_DAYS, SHARE_TOKEN_PREFIX } from '#domain/avatar/share.ts';
import { provenance } from './avatar.ts';
import { createReport } from './report.ts';
import { timestamp, uuid } from './text.ts';

const EXAMPLE_TOKEN = `${SHARE_TOKEN_PREFIX}8Zk3vQ1mXy7Rt5Lw2Nc9Jd4Hs6Fb0Gp1`;
const SHARE = {
  id: '0198c0de-0000-7000-8000-000000000070',
  showsName: true,
  createdAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2026-11-29T08:00:00.000Z',
} as const;

const fields = {
  id: uuid,
  showsName: z.boolean().meta({ description: 'Whether visitors see the avatar’s name' }),
  createdAt: timestamp,
  expiresAt: timestamp,
};

const share = z.strictObject(fields).meta({ id: 'Share', examples: [SHARE] });
export type Share = z.infer<typeof share>;

/** All of them: an avatar has few. */
export const shareList = z
  .strictObject({ data: z.array(share) })
  .meta({ id: 'ShareList', examples: [{ data: [SHARE] }] });

export const shareWithToken = z
  .strictObject({
    ...fields,
    token: z
      .string()
      .meta({ description: 'Shown only once. The page `/s/{token}` shows the avatar to whoever has it' }),
  })
  .meta({ id: 'ShareWithToken', examples: [{ ...SHARE, token: EXAMPLE_TOKEN }] });

export const createShare = z
  .strictObject({
    days: z.literal(SHARE_DAYS).meta({ description: 'The link ends after this many days' }),
    showsName: z.boolean().meta({ description: 'Whether visitors see the avatar’s name' }),
  })
  .meta({ id: 'CreateShare', examples: [{ days: 7, showsName: true }] });
export type CreateShare = z.infer<typeof createShare>;

/** Path parameters of a route for visitors. */
export const byShareToken = z.strictObject({ token: z.string().regex(/^[\w-]{16,64}$/) });

/** What a visitor sees: nothing of the account, the project or the prompt. */
export const sharedAvatar = z
  .strictObject({
    name: z.string().nullable().meta({ description: 'Null: its user does not show it' }),
    width: z.number().int(),
    height: z.number().int(),
    credit: z.string().nullable().meta({ description: 'Credit that the provider requires to be shown' }),
    provenance: provenance.nullable().meta({ description: 'How the image was made; null for an upload' }),
    expiresAt: timestamp.meta({ description: 'When the link ends' }),
  })
  .meta({
    id: 'SharedAvatar',
    examples: [
      {
        name: 'Archmage',
        width: 1024,
        height: 1024,
        credit: null,
        provenance: {
          digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
          creatorTool: 'Avatar Studio (FLUX.1 [schnell])',
          createdAt: '2026-11-22T07:59:00.000Z',
        },
        expiresAt: SHARE.expiresAt,
      },
    ],
  });
export type SharedAvatar = z.infer<typeof sharedAvatar>;

export const createSharedReport = createReport
  .omit({ avatarId: true })
  .meta({ id: 'CreateSharedReport', examples: [{ kind: 'likeness', statement: 'This is my face.' }] });

export const receivedSharedReport = z
  .strictObject({ received: z.literal(true) })
  .meta({ id: 'ReceivedSharedReport', examples: [{ received: true }] });
