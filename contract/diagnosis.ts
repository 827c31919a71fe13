import { z } from 'zod';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { EXAMPLE_GENERATION, EXAMPLE_WORKFLOW } from './example-generation.ts';
import { generation, queuePosition, workflowStatus } from './generation.ts';
import { timestamp, uuid } from './text.ts';

const attemptDetail = z
  .strictObject({
    id: uuid,
    ordinal: z.number().int(),
    provider: z.enum(PROVIDERS),
    model: z.string(),
    state: z.string(),
    externalId: z.string().nullable().meta({ description: "The provider's id for the attempt" }),
    failure: z.enum(PROVIDER_FAILURES).nullable(),
    failureMessage: z.string().nullable(),
    costUsd: z.number().nullable(),
    latencyMs: z.number().int().nullable(),
    startedAt: timestamp,
    submittingAt: timestamp.nullable(),
    submittedAt: timestamp.nullable(),
    calledBackAt: timestamp.nullable(),
    cancelRequestedAt: timestamp.nullable(),
    finishedAt: timestamp.nullable(),
  })
  .meta({ id: 'AttemptDetail' });

const providerState = z
  .strictObject({
    name: z.enum(PROVIDERS),
    configured: z.boolean(),
    enabled: z.boolean(),
    pausedUntil: timestamp
      .nullable()
      .meta({ description: 'Nothing is submitted before this time, because of Retry-After or our own rate limit' }),
    recent: z
      .strictObject({
        succeeded: z.number().int(),
        failed: z.number().int(),
        lastFailure: z.enum(PROVIDER_FAILURES).nullable(),
      })
      .meta({ description: 'Attempts at this provider in the last 15 minutes' }),
  })
  .meta({ id: 'ProviderState' });

/** GET /admin/generations/:id/diagnosis: everything that can delay a generation, and the conclusion. */
export const diagnosis = z
  .strictObject({
    summary: z.string().meta({ description: 'Where the generation is, and what it waits for' }),
    advice: z.string().nullable().meta({ description: 'What an operator can do; null when nothing is needed' }),
    stuck: z.boolean().meta({ description: 'Whether the generation is delayed and an operator may have to act' }),
    accountId: uuid,
    generation,
    timing: z.strictObject({
      acceptedAt: timestamp.nullable(),
      updatedAt: timestamp,
      deadlineAt: timestamp.nullable(),
      cancelRequestedAt: timestamp.nullable(),
    }),
    workflow: workflowStatus.nullable().meta({ description: 'Null when Temporal does not respond' }),
    attempts: z.array(attemptDetail),
    queue: z.strictObject({
      position: queuePosition.nullable(),
      waiting: z.number().int(),
      running: z.number().int(),
      finishedPerMinute: z.number(),
    }),
    newGenerationsPaused: z.boolean(),
    providers: z.array(providerState),
  })
  .meta({
    id: 'Diagnosis',
    examples: [
      {
        summary: 'replicate has been generating for 3 s.',
        advice: null,
        stuck: false,
        accountId: '01939ca0-1000-7a3a-8b2c-3d4e5f607182',
        generation: EXAMPLE_GENERATION,
        timing: {
          acceptedAt: EXAMPLE_GENERATION.createdAt,
          updatedAt: EXAMPLE_GENERATION.processingAt,
          deadlineAt: '2026-11-23T08:10:00.000Z',
          cancelRequestedAt: null,
        },
        workflow: EXAMPLE_WORKFLOW,
        attempts: [],
        queue: { position: null, waiting: 3, running: 4, finishedPerMinute: 18.5 },
        newGenerationsPaused: false,
        providers: [
          {
            name: 'replicate',
            configured: true,
            enabled: true,
            pausedUntil: null,
            recent: { succeeded: 41, failed: 1, lastFailure: 'transient' },
          },
        ],
      },
    ],
  });
export type Diagnosis = z.infer<typeof diagnosis>;
