import { z } from 'zod';
import { VELOCITY_FLAGS } from '#domain/moderation/abuse.ts';
import { FAILURE_CODES } from '#domain/generation/failure.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { FIRST_PRIORITY, LAST_PRIORITY, TIERS } from '#domain/generation/tier.ts';
import { timestamp, uuid } from './text.ts';

/** One month. */
const HOURS_MAX = 720;
const HOURS_DEFAULT = 24;

export const statsQuery = z.strictObject({
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(HOURS_MAX)
    .default(HOURS_DEFAULT)
    .meta({ description: 'Length of the period, up to now' }),
});

const count = z.number().int().min(0);
const successRate = z.number().min(0).max(1).nullable().meta({
  description: 'Successes as a share of successes and failures; cancellations are not counted. Null without any',
});
const spread = z
  .strictObject({ p50: z.number(), p95: z.number() })
  .nullable()
  .meta({ description: 'Milliseconds; null without any' });
const outcomeCounts = { completed: count, failed: count, cancelled: count, successRate };

export const stats = z
  .strictObject({
    from: timestamp,
    to: timestamp,
    generations: z
      .strictObject({
        ...outcomeCounts,
        waitingMs: spread,
        generationMs: spread,
        totalMs: spread,
      })
      .meta({ description: 'Generations that ended in the period; times of completed ones, without uploads' }),
    tiers: z.array(z.strictObject({ tier: z.enum(TIERS), ...outcomeCounts, totalMs: spread })),
    errors: z.array(z.strictObject({ code: z.enum(FAILURE_CODES as [string, ...string[]]), count })).meta({
      description: 'Failure codes of generations, the most frequent first',
    }),
    providers: z
      .array(
        z.strictObject({
          provider: z.enum(PROVIDERS),
          succeeded: count,
          failed: count,
          cancelled: count,
          open: count,
          successRate,
          latencyMs: spread,
          costUsd: z.number(),
          failures: z.array(z.strictObject({ kind: z.enum(PROVIDER_FAILURES), count })),
        }),
      )
      .meta({ description: 'Attempts that started in the period' }),
    queue: z.strictObject({
      waiting: z.array(z.strictObject({ priority: z.number().int().min(FIRST_PRIORITY).max(LAST_PRIORITY), count })),
      running: count,
      drainPerMinute: z.number().min(0),
    }),
    forecast: z
      .strictObject({
        recommendedWorkers: count.meta({ description: 'Worker processes for this hour and the next' }),
        hours: z
          .array(z.strictObject({ at: timestamp, generations: count }))
          .meta({ description: 'Expected generations of the current hour and the 23 after it' }),
      })
      .meta({ description: 'From the same hours of the last four weeks and the level of the last day' }),
    storage: z.strictObject({ objects: count, bytes: count }).meta({ description: 'Everything in the bucket' }),
    cost: z
      .strictObject({ credits: z.number().int(), costUsd: z.number() })
      .meta({ description: 'Credits charged net of refunds, and provider cost; whole hours' }),
    flags: z
      .array(
        z.strictObject({
          accountId: uuid,
          flag: z.enum(VELOCITY_FLAGS),
          count,
          network: z.string().nullable().meta({
            description: 'With `starter_withheld`: the same for all accounts of one network; null when it is unknown',
          }),
        }),
      )
      .meta({ description: 'Accounts with unusual activity now' }),
  })
  .meta({
    id: 'Stats',
    examples: [
      {
        from: '2026-11-22T08:00:00.000Z',
        to: '2026-11-23T08:00:00.000Z',
        generations: {
          completed: 97,
          failed: 3,
          cancelled: 2,
          successRate: 0.97,
          waitingMs: { p50: 120, p95: 2300 },
          generationMs: { p50: 1800, p95: 4100 },
          totalMs: { p50: 2100, p95: 6200 },
        },
        tiers: [
          {
            tier: 'free',
            completed: 97,
            failed: 3,
            cancelled: 2,
            successRate: 0.97,
            totalMs: { p50: 2100, p95: 6200 },
          },
        ],
        errors: [{ code: 'providers_unavailable', count: 3 }],
        providers: [
          {
            provider: 'replicate',
            succeeded: 97,
            failed: 4,
            cancelled: 1,
            open: 0,
            successRate: 0.96,
            latencyMs: { p50: 1500, p95: 3600 },
            costUsd: 0.291,
            failures: [{ kind: 'transient', count: 4 }],
          },
        ],
        queue: { waiting: [{ priority: 4, count: 2 }], running: 1, drainPerMinute: 4.2 },
        forecast: { recommendedWorkers: 2, hours: [{ at: '2026-11-23T08:00:00.000Z', generations: 120 }] },
        storage: { objects: 194, bytes: 40_123_456 },
        cost: { credits: 970, costUsd: 0.291 },
        flags: [
          { accountId: '01970000-0000-7000-8000-000000000001', flag: VELOCITY_FLAGS[0], count: 12, network: null },
        ],
      },
    ],
  });
export type Stats = z.infer<typeof stats>;
