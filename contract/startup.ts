import { z } from 'zod';
import { STARTUP_PARTS, STARTUP_STATES } from '#domain/startup/startup-part.ts';

/** A part of the embedded stack that is prepared after page and API are up. */
const startupPart = z
  .strictObject({
    part: z.enum(STARTUP_PARTS),
    state: z.enum(STARTUP_STATES),
    detail: z.string().nullable().meta({ description: 'What is happening now' }),
    startedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StartupPart' });

/** As the launcher writes it. */
export const startupParts = z.array(startupPart);

/** GET /startup */
export const startup = z
  .strictObject({
    canGenerate: z.boolean().meta({ description: 'False while requests are accepted but wait for the engine' }),
    parts: startupParts.meta({ description: 'Empty where no launcher prepares anything' }),
  })
  .meta({
    id: 'Startup',
    examples: [
      {
        canGenerate: false,
        parts: [
          { part: 'storage', state: 'ready', detail: null, startedAt: '2026-03-01T12:00:00.000Z' },
          {
            part: 'temporal',
            state: 'preparing',
            detail: 'Building temporal-server: 412 of about 1446 packages compiled',
            startedAt: '2026-03-01T12:00:00.000Z',
          },
          { part: 'worker', state: 'waiting', detail: null, startedAt: null },
          { part: 'temporal_ui', state: 'waiting', detail: null, startedAt: null },
        ],
      },
    ],
  });
export type Startup = z.infer<typeof startup>;
