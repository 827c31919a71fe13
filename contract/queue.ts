import { z } from 'zod';
import { FIRST_PRIORITY, LAST_PRIORITY, TIERS } from '#domain/generation/tier.ts';

/** GET /queue: how many generations of all users wait and run. */
export const queue = z
  .strictObject({
    waiting: z.array(
      z.strictObject({
        priority: z.number().int().min(FIRST_PRIORITY).max(LAST_PRIORITY),
        count: z.number().int().min(0),
      }),
    ),
    running: z.number().int().min(0),
    drainPerMinute: z.number().min(0).meta({ description: 'Generations finished per minute, recently' }),
    estimates: z.array(
      z.strictObject({
        tier: z.enum(TIERS),
        waitSeconds: z
          .number()
          .int()
          .min(0)
          .nullable()
          .meta({ description: 'Approximate; null while there is no estimate' }),
      }),
    ),
  })
  .meta({
    id: 'Queue',
    examples: [
      {
        waiting: [{ priority: 4, count: 12 }],
        running: 4,
        drainPerMinute: 18.5,
        estimates: [{ tier: 'free', waitSeconds: 40 }],
      },
    ],
  });
