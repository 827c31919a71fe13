import { z } from 'zod';
import { REPORT_KINDS, REPORT_LIMITS } from '#domain/moderation/report.ts';
import { REVIEW_STATES } from '#domain/moderation/review.ts';
import { listOf } from './list.ts';
import { text, timestamp, uuid } from './text.ts';

const AVATAR_ID = '0198c0de-0000-7000-8000-000000000002';
const STATEMENT = 'This is my face, and I did not agree to it.';
const OWNER = {
  avatarId: AVATAR_ID,
  accountId: '0198c0de-0000-7000-8000-000000000003',
  generationId: '0198c0de-0000-7000-8000-000000000001',
  name: 'Lamplighter',
  imageUrl: 'https://storage.example/avatars/a/b/image.webp?X-Goog-Signature=0',
} as const;
const REPORT = {
  ...OWNER,
  id: '0198c0de-0000-7000-8000-000000000060',
  reporterId: '0198c0de-0000-7000-8000-000000000004',
  kind: 'likeness',
  statement: STATEMENT,
  createdAt: '2026-11-28T08:00:00.000Z',
} as const;
const REASON = 'The person in the image did not agree to it.';
const TAKEN_DOWN = { ...OWNER, reason: REASON, takenDownAt: '2026-11-28T09:00:00.000Z' } as const;

/** POST /reports. */
export const createReport = z
  .strictObject({
    avatarId: uuid,
    kind: z.enum(REPORT_KINDS).meta({ description: 'likeness: it shows a real person without consent' }),
    statement: text(REPORT_LIMITS.statementMaxLength).meta({ description: 'What is wrong; read by admins only' }),
  })
  .meta({ id: 'CreateReport', examples: [{ avatarId: AVATAR_ID, kind: 'likeness', statement: STATEMENT }] });

/** The same for an avatar that does not exist, so that a report tells nothing about other users. */
export const receivedReport = z
  .strictObject({ avatarId: uuid, received: z.literal(true) })
  .meta({ id: 'ReceivedReport', examples: [{ avatarId: AVATAR_ID, received: true }] });

const ownerFields = {
  avatarId: uuid,
  accountId: uuid.meta({ description: 'The account that the avatar belongs to' }),
  generationId: uuid,
  name: z.string(),
  imageUrl: z.string(),
};

const reportItem = z
  .strictObject({
    ...ownerFields,
    id: uuid,
    reporterId: uuid
      .nullable()
      .meta({ description: 'The account that sent the report; null: a visitor with a shared link' }),
    kind: z.enum(REPORT_KINDS),
    statement: z.string(),
    createdAt: timestamp,
  })
  .meta({ id: 'ReportItem', examples: [REPORT] });
export type ReportItem = z.infer<typeof reportItem>;
export const reportList = listOf(reportItem).meta({ id: 'ReportList' });

export const dismissedReport = z
  .strictObject({ id: uuid })
  .meta({ id: 'DismissedReport', examples: [{ id: REPORT.id }] });

const takedownItem = z
  .strictObject({ ...ownerFields, reason: z.string(), takenDownAt: timestamp })
  .meta({ id: 'TakedownItem', examples: [TAKEN_DOWN] });
export type TakedownItem = z.infer<typeof takedownItem>;
export const takedownList = listOf(takedownItem).meta({ id: 'TakedownList' });

export const takedownAvatar = z
  .strictObject({ reason: text(REPORT_LIMITS.reasonMaxLength).meta({ description: 'Told to the avatar’s user' }) })
  .meta({ id: 'TakedownAvatar', examples: [{ reason: REASON }] });

export const reviewedAvatar = z
  .strictObject({ avatarId: uuid, review: z.enum(REVIEW_STATES) })
  .meta({ id: 'ReviewedAvatar', examples: [{ avatarId: AVATAR_ID, review: 'taken_down' }] });
