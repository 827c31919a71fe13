import { z } from 'zod';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { BUCKETS } from '#domain/account/time-bucket.ts';
import { listOf } from './list.ts';
import { exactText, identifier, text, timestamp, uuid } from './text.ts';

export const METADATA_MAX_PAIRS = 16;
/** Rows of the cost table; the rest is summed in `rest`. */
export const COST_ROWS_MAX = 100;
const COSTS_BY = ['project', 'app', 'provider', 'day'] as const;
export type CostsBy = (typeof COSTS_BY)[number];

export const metadataKey = exactText(40, 1);
export const metadataValue = z.union([exactText(200, 0), z.number(), z.boolean(), z.null()]);
/** Metadata that an app stores with a use: a few scalar values, stored as they were sent. */
const metadata = z
  .record(z.string(), z.unknown())
  // Before each pair is checked: a body may have thousands.
  .refine((pairs) => Object.keys(pairs).length <= METADATA_MAX_PAIRS, {
    error: `must have at most ${METADATA_MAX_PAIRS} pairs`,
    abort: true,
  })
  .pipe(z.record(metadataKey, metadataValue))
  .meta({
    maxProperties: METADATA_MAX_PAIRS,
    description:
      'Stored as it was sent: long numbers in all digits, texts without normalization. What can’t be is refused',
  });

export const trackUsage = z
  .strictObject({
    appId: identifier(100),
    appName: text(100),
    action: identifier(100),
    referenceId: identifier(200).optional(),
    referenceType: identifier(100).optional(),
    metadata: metadata.optional(),
  })
  .meta({
    id: 'TrackUsage',
    examples: [
      {
        appId: 'chat',
        appName: 'Chat',
        action: 'shown_as_author',
        referenceId: 'message-4711',
        referenceType: 'message',
        metadata: { size: 64 },
      },
    ],
  });
export type TrackUsage = z.infer<typeof trackUsage>;

const USE = {
  id: '01970000-0000-7000-8000-000000000021',
  avatarId: '01970000-0000-7000-8000-000000000003',
  appId: 'chat',
  appName: 'Chat',
  action: 'shown_as_author',
  referenceId: 'message-4711',
  referenceType: 'message',
  metadata: { size: 64 },
  createdAt: '2026-11-23T08:00:00.000Z',
};

export const use = z
  .strictObject({
    id: uuid,
    avatarId: uuid,
    appId: z.string(),
    appName: z.string(),
    action: z.string(),
    referenceId: z.string().nullable(),
    referenceType: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: timestamp,
  })
  .meta({ id: 'Use', examples: [USE] });
export const useList = listOf(use).meta({
  id: 'UseList',
  examples: [{ data: [USE], meta: { nextCursor: null, hasMore: false, total: 1, totalIsExact: true } }],
});

export const trackedUsage = z
  .strictObject({
    use,
    usageCount: z.number().int().min(1).meta({ description: 'Uses of the avatar, this one included' }),
    lastUsedAt: timestamp,
  })
  .meta({ id: 'TrackedUsage', examples: [{ use: USE, usageCount: 12, lastUsedAt: USE.createdAt }] });

export type TrackedUsage = z.infer<typeof trackedUsage>;

/** Bounds of the period that can be requested. */
const EARLIEST = '2020-01-01T00:00:00.000Z';
const LATEST = '2200-01-01T00:00:00.000Z';
const periodBound = timestamp.refine((at) => new Date(at) >= new Date(EARLIEST) && new Date(at) <= new Date(LATEST), {
  error: `must lie between ${EARLIEST} and ${LATEST}`,
});

const accountScope = z
  .enum(['mine', 'all'])
  .default('mine')
  .meta({ description: 'Whose figures: the caller’s, or (admins only) those of all accounts' });
/** From `from` up to, but not including, `to`. */
export const usageQuery = z.strictObject({
  from: periodBound.optional().meta({ description: 'Default: 30 days before `to`' }),
  to: periodBound.optional().meta({ description: 'End of the period, exclusive. Default: now' }),
  account: accountScope,
});
export const trendsQuery = usageQuery.extend({
  bucket: z.enum(BUCKETS).default('day').meta({
    description: 'UTC; weeks begin on Monday. At most 31 days of hours, two years of days, ten years of weeks',
  }),
});
export const costsQuery = usageQuery.extend({ by: z.enum(COSTS_BY) });

const count = z.number().int().min(0);
const span = { from: timestamp, to: timestamp };
/** Credits and cost. Negative when refunds in the period exceed charges. */
const spent = {
  credits: z.number().meta({ description: 'Credits charged, net of refunds' }),
  costUsd: z.number().meta({ description: 'Provider cost in US dollars, failed attempts included' }),
  completed: count.meta({ description: 'Avatars delivered' }),
};
const outcomeFigures = {
  ...spent,
  failed: count.meta({ description: 'Generations that failed' }),
  successRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'Completed generations as a share of completed and failed ones; null without any' }),
};

export const usageSummary = z
  .strictObject({
    ...span,
    uses: count.meta({ description: 'Includes avatars that have been deleted since' }),
    usesOfDeleted: count.meta({ description: 'The part of `uses` whose avatars have been deleted since' }),
    apps: z
      .array(z.strictObject({ appId: z.string(), appName: z.string(), uses: count }))
      .max(COST_ROWS_MAX)
      .meta({ description: 'Most uses first' }),
    ...outcomeFigures,
  })
  .meta({
    id: 'UsageSummary',
    examples: [
      {
        from: '2026-10-24T08:00:00.000Z',
        to: '2026-11-23T08:00:00.000Z',
        uses: 12,
        usesOfDeleted: 1,
        apps: [{ appId: 'chat', appName: 'Chat', uses: 12 }],
        credits: 40,
        costUsd: 0.012,
        completed: 4,
        failed: 1,
        successRate: 0.8,
      },
    ],
  });

export const usageTrends = z
  .strictObject({
    ...span,
    bucket: z.enum(BUCKETS),
    data: z.array(z.strictObject({ at: timestamp, uses: count, ...spent, failed: count })).meta({
      description: 'One point per bucket, oldest first, empty buckets included',
    }),
  })
  .meta({
    id: 'UsageTrends',
    examples: [
      {
        from: '2026-11-22T00:00:00.000Z',
        to: '2026-11-24T00:00:00.000Z',
        bucket: 'day',
        data: [
          { at: '2026-11-22T00:00:00.000Z', uses: 0, credits: 0, costUsd: 0, completed: 0, failed: 0 },
          { at: '2026-11-23T00:00:00.000Z', uses: 12, credits: 40, costUsd: 0.012, completed: 4, failed: 1 },
        ],
      },
    ],
  });

const cost = z.strictObject({
  key: z.string().nullable().meta({
    description:
      'Project id, app id, provider, or start of the day. Null: projects without uses (by app), or no provider (uploads)',
  }),
  name: z.string().nullable().meta({ description: 'The project’s name; null once the project is deleted' }),
  ...spent,
  completed: z.number().min(0).meta({ description: 'Avatars delivered; by app, a share of them' }),
  uses: count.nullable().meta({ description: 'By project and by app: uses in the period' }),
});

export const usageCosts = z
  .strictObject({
    ...span,
    by: z.enum(COSTS_BY),
    data: z.array(cost).meta({ description: 'Most expensive first (by day: oldest first)' }),
    rest: z
      .strictObject({ ...spent, completed: z.number().min(0) })
      .meta({ description: `Sum of the rows beyond the first ${COST_ROWS_MAX}` }),
    total: z.strictObject(spent),
  })
  .meta({
    id: 'UsageCosts',
    description:
      'Credits count at the time of the charge or refund, dollars at the time of the provider call. By app: the cost of each project, shared among apps in proportion to their uses of its avatars in the period.',
    examples: [
      {
        from: '2026-10-24T00:00:00.000Z',
        to: '2026-11-23T00:00:00.000Z',
        by: 'provider',
        data: [{ key: PROVIDERS[0], name: PROVIDERS[0], credits: 40, costUsd: 0.012, completed: 4, uses: null }],
        rest: { credits: 0, costUsd: 0, completed: 0 },
        total: { credits: 40, costUsd: 0.012, completed: 4 },
      },
    ],
  });
export type UsageCosts = z.infer<typeof usageCosts>;
