import { z } from 'zod';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { timestamp } from './text.ts';

const AT = '2026-11-23T08:00:00.000Z';

export const setNewGenerations = z
  .strictObject({ paused: z.boolean() })
  .meta({ id: 'SetNewGenerations', examples: [{ paused: true }] });
export const setProvider = z
  .strictObject({ enabled: z.boolean() })
  .meta({ id: 'SetProvider', examples: [{ enabled: false }] });
export const byProviderName = z.strictObject({ name: z.enum(PROVIDERS) });

/** The feature switches, and each provider's circuit and budget. A change reaches every process within a second. */
export const switches = z
  .strictObject({
    newGenerations: z.strictObject({ paused: z.boolean(), changedAt: timestamp.nullable() }),
    providers: z.array(
      z.strictObject({
        name: z.enum(PROVIDERS),
        enabled: z.boolean(),
        configured: z.boolean().meta({ description: 'An API key for the provider is configured' }),
        changedAt: timestamp.nullable(),
        circuit: z
          .strictObject({
            state: z
              .enum(['closed', 'open', 'half_open'])
              .meta({ description: 'half_open: one attempt probes the provider' }),
            until: timestamp.nullable().meta({ description: 'No generation is submitted before this time' }),
            openModels: z
              .array(z.string())
              .meta({ description: 'Models whose own circuit is open while the circuit of the provider is closed' }),
            lastFailure: z.enum(PROVIDER_FAILURES).nullable(),
            checkedAt: timestamp.nullable().meta({ description: 'When it was last probed by a free call' }),
            checkFailure: z.enum(PROVIDER_FAILURES).nullable(),
          })
          .meta({ description: 'Current state of the provider, shared by all workers' }),
        spentTodayUsd: z
          .number()
          .meta({ description: 'Cost since midnight UTC, with estimates for unfinished attempts' }),
      }),
    ),
  })
  .meta({
    id: 'Switches',
    examples: [
      {
        newGenerations: { paused: false, changedAt: null },
        providers: [
          {
            name: 'replicate',
            enabled: false,
            configured: true,
            changedAt: AT,
            circuit: {
              state: 'open',
              until: AT,
              openModels: [],
              lastFailure: 'transient',
              checkedAt: AT,
              checkFailure: 'transient',
            },
            spentTodayUsd: 1.25,
          },
        ],
      },
    ],
  });
export type Switches = z.infer<typeof switches>;
