import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { FAILURE_CODES, ADMISSION_REFUSALS, type FailureCode } from '#domain/generation/failure.ts';
import { GENERATION_STATUSES, SOURCE_TYPES, STAGES } from '#domain/generation/generation.ts';
import { ASPECT_RATIOS, SEED_MAX } from '#domain/generation/image.ts';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { CHOICE_OUTCOMES, CHOICE_REASONS } from '#domain/provider/choice.ts';
import { OPTIMIZE_FOR, PROVIDER_CHOICES, PROVIDERS, QUALITIES } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { FIRST_PRIORITY, LAST_PRIORITY } from '#domain/generation/tier.ts';
import { avatar, persona, visualAttributes } from './avatar.ts';
import { EXAMPLE_CHOICE, EXAMPLE_GENERATION, EXAMPLE_WORKFLOW } from './example-generation.ts';
import { listOf, listQuery } from './list.ts';
import { GENERATION_SHAPES, referenceFaults, referenceFields } from './reference.ts';
import { flag, text, timestamp, uuid } from './text.ts';

export const generationOptions = z
  .strictObject({
    seed: z
      .number()
      .int()
      .min(0)
      .max(SEED_MAX)
      .optional()
      .meta({ description: 'Default: random; stored with the avatar' }),
    aspectRatio: z.enum(ASPECT_RATIOS).optional(),
    size: z
      .union([z.literal(512), z.literal(768), z.literal(1024)])
      .optional()
      .meta({ description: 'Longer side in pixels' }),
    provider: z.enum(PROVIDER_CHOICES).optional(),
    optimizeFor: z.enum(OPTIMIZE_FOR).optional(),
    quality: z.enum(QUALITIES).optional(),
    allowFallback: z.boolean().optional(),
  })
  .meta({ id: 'GenerationOptions' });

/** POST /projects/:id/generations. Omitted fields are filled from the preset or reference image, then from the project's defaults. */
export const createGeneration = z
  .strictObject({
    name: text(AVATAR_NAME_MAX_LENGTH).optional(),
    sourceType: z.enum(['text_to_image', 'from_preset', 'from_reference']),
    prompt: text(PROMPT_MAX_LENGTH).optional(),
    presetId: uuid.optional(),
    style: z.enum(STYLES).optional(),
    persona: persona.optional(),
    attributes: visualAttributes.optional(),
    ...referenceFields,
    options: generationOptions.optional(),
    projectDefaults: z
      .boolean()
      .optional()
      .meta({ description: "false: omitted fields are not filled from the project's defaults" }),
  })
  .superRefine((body, check) => {
    for (const { path, message } of referenceFaults(body)) check.addIssue({ code: 'custom', path: [path], message });
  })
  .refine((body) => body.sourceType !== 'text_to_image' || body.prompt !== undefined, {
    path: ['prompt'],
    error: 'text_to_image needs a prompt',
  })
  .refine((body) => body.sourceType !== 'from_preset' || body.presetId !== undefined, {
    path: ['presetId'],
    error: 'from_preset needs a presetId',
  })
  .refine((body) => body.sourceType === 'from_preset' || body.presetId === undefined, {
    path: ['presetId'],
    error: 'only from_preset takes a presetId',
  })
  .meta({
    id: 'CreateGeneration',
    examples: [{ sourceType: 'text_to_image', prompt: 'A lighthouse keeper in a yellow coat', style: 'watercolor' }],
    anyOf: GENERATION_SHAPES,
  });
export type CreateGeneration = z.infer<typeof createGeneration>;

const requestedReference = z
  .object({
    avatarId: z.string().optional(),
    uploadId: z.string().optional(),
    seed: z.number().int().optional().meta({ description: 'The seed of the reference image' }),
    isPhotographic: z.boolean().optional().meta({ description: 'Whether it may show parts of a photograph' }),
  })
  .meta({ id: 'RequestedReference' });

const generationRequest = z
  .object({
    name: z.string().optional(),
    prompt: z.string().optional(),
    presetId: z.string().optional(),
    style: z.enum(STYLES).optional(),
    persona: persona.optional(),
    attributes: visualAttributes.optional(),
    mode: z.enum(REFERENCE_MODES).optional(),
    strength: z.number().optional(),
    reference: requestedReference.optional(),
    options: generationOptions.optional(),
  })
  .meta({
    id: 'GenerationRequest',
    description: 'The request, with the fields that a preset filled in: enough to send it again',
  });

const attempt = z
  .strictObject({
    provider: z.enum(PROVIDERS),
    model: z.string(),
    state: z.string(),
    failure: z.enum(PROVIDER_FAILURES).nullable(),
    costUsd: z.number().nullable(),
    startedAt: timestamp,
    finishedAt: timestamp.nullable(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof attempt>;

const failure = z
  .strictObject({
    code: z.enum(FAILURE_CODES as [FailureCode, ...FailureCode[]]),
    message: z.string(),
    retryable: z.boolean(),
    creditsReturned: z.number().int(),
  })
  .meta({ id: 'Failure' });

export const queuePosition = z
  .strictObject({
    position: z.number().int().min(1),
    etaSeconds: z
      .number()
      .int()
      .min(0)
      .nullable()
      .meta({ description: 'Approximate; null while there is no estimate' }),
  })
  .meta({ id: 'QueuePosition' });
export type QueuePosition = z.infer<typeof queuePosition>;

export const generation = z
  .strictObject({
    id: uuid,
    projectId: uuid.nullable().meta({ description: 'Null once the project is deleted' }),
    batchId: uuid.nullable(),
    retryOf: uuid.nullable().meta({ description: 'The failed or cancelled generation that this one retries' }),
    retriedAs: uuid.nullable().meta({
      description:
        'The generation that retries this one; further retries are answered with it, or retry it if it has failed too',
    }),
    name: z.string(),
    sourceType: z.enum(SOURCE_TYPES),
    status: z.enum(GENERATION_STATUSES),
    stage: z.enum(STAGES),
    version: z.number().int().meta({ description: 'Raised by every change; ignore older versions' }),
    priority: z.number().int().min(FIRST_PRIORITY).max(LAST_PRIORITY),
    price: z.number().int().meta({ description: 'Credits' }),
    prompt: z.string().nullable().meta({ description: 'The prompt of the request' }),
    style: z.enum(STYLES).nullable(),
    seed: z.number().int().nullable(),
    request: generationRequest,
    queue: queuePosition.nullable(),
    provider: z.enum(PROVIDERS).nullable(),
    model: z.string().nullable().meta({ description: "The model's readable name" }),
    costUsd: z.number().nullable(),
    attempts: z.array(attempt),
    notDrawn: z.array(z.string()).meta({
      description: 'Things of the prompt that the model says it left out, in the words of the prompt',
    }),
    refusal: z.enum(ADMISSION_REFUSALS).nullable().meta({
      description: 'Why admission refused the request; nothing is held, and the same Idempotency-Key may be sent again',
    }),
    retryAt: timestamp.nullable().meta({
      description: 'With `daily_limit` and `hourly_limit`: when the count restarts and the request can be sent again',
    }),
    failure: failure.nullable(),
    cancelReason: z.string().nullable(),
    creditsReturned: z.number().int(),
    avatar: avatar.nullable(),
    createdAt: timestamp,
    pendingAt: timestamp.nullable(),
    processingAt: timestamp.nullable(),
    finishedAt: timestamp.nullable(),
  })
  .meta({ id: 'Generation', examples: [EXAMPLE_GENERATION] });
export type Generation = z.infer<typeof generation>;

const choiceNote = z
  .strictObject({
    provider: z.enum(PROVIDERS),
    model: z.string().meta({ description: "The model's readable name" }),
    position: z
      .number()
      .int()
      .min(1)
      .nullable()
      .meta({ description: 'Position in the plan, from 1; null when it is not in the plan' }),
    reasons: z
      .array(z.enum(CHOICE_REASONS))
      .meta({ description: 'Reasons at the time of the plan; the first one was decisive' }),
    explanation: z.string().meta({ description: 'The reasons as a sentence' }),
    outcome: z.enum(CHOICE_OUTCOMES).meta({ description: 'What happened when this candidate was used' }),
    failure: z.enum(PROVIDER_FAILURES).nullable(),
  })
  .meta({ id: 'ChoiceNote' });
export type ChoiceNote = z.infer<typeof choiceNote>;

/** GET /generations/:id */
export const generationDetail = generation
  .extend({
    choice: z.array(choiceNote).meta({
      description: 'Every candidate: those of the plan in order, then those left out. Empty for an upload',
    }),
  })
  .meta({ id: 'GenerationDetail', examples: [{ ...EXAMPLE_GENERATION, choice: EXAMPLE_CHOICE }] });
export type GenerationDetail = z.infer<typeof generationDetail>;

export const generationListQuery = listQuery.extend({
  status: z.enum(GENERATION_STATUSES).optional(),
  projectId: uuid.optional(),
  unfinished: flag.optional(),
});
export const generationList = listOf(generation).meta({ id: 'GenerationList' });

export const cancelGeneration = z
  .strictObject({ reason: text(200).optional() })
  .meta({ id: 'CancelGeneration', examples: [{ reason: 'I chose another one' }] });
export const setGenerationPriority = z
  .strictObject({
    priority: z.number().int().min(FIRST_PRIORITY).max(LAST_PRIORITY).meta({ description: '1 is first' }),
  })
  .meta({ id: 'SetGenerationPriority', examples: [{ priority: 5 }] });

/** GET /generations/:id/workflow: the live result of the workflow's `status` query. */
export const workflowStatus = z
  .strictObject({
    workflowId: z.string(),
    runId: z.string().nullable(),
    state: z.string().meta({
      description: "Temporal's workflow status: RUNNING, COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, UNKNOWN",
    }),
    status: z
      .strictObject({
        stage: z.enum(STAGES),
        provider: z.string().nullable(),
        model: z.string().nullable(),
        priority: z.number().int(),
        attempts: z.array(z.strictObject({ provider: z.string(), model: z.string(), failure: z.string().nullable() })),
        times: z.record(z.string(), timestamp),
        failure: z.string().nullable(),
      })
      .nullable(),
    operatorUrl: z.string().nullable(),
  })
  .meta({ id: 'WorkflowStatus', examples: [EXAMPLE_WORKFLOW] });
export type WorkflowStatus = z.infer<typeof workflowStatus>;
